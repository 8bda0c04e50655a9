"""Rows and columns have changed places: each row should belong to one input and each column to one neuron."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = []
    for j in range(len(w)):
        h.append(sigmoid(w[j] * x + b[j]))
    return np.array(h)
