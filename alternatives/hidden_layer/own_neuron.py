"""A helper function for one neuron fills the columns in a loop."""


def neuron(x, weight, bias):
    return 1 / (1 + np.exp(-(weight * x + bias)))


def hidden_layer(x, w, b):
    h = np.empty((x.shape[0], w.shape[0]))
    for j in range(w.shape[0]):
        h[:, j] = neuron(x, w[j], b[j])
    return h
