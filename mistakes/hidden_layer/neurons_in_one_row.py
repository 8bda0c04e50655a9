"""The outputs of your neurons follow one another in one long row. Put the outputs of each neuron in its own column."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = [sigmoid(w[j] * x + b[j]) for j in range(len(w))]
    return np.concatenate(h)
