"""The neurons' outputs stand one behind the other in one long row: put each neuron's outputs in a column of its own."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = [sigmoid(w[j] * x + b[j]) for j in range(len(w))]
    return np.concatenate(h)
