"""Rows and columns are swapped in your result. Each row belongs to one input and each column to one neuron."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = []
    for j in range(len(w)):
        h.append(sigmoid(w[j] * x + b[j]))
    return np.array(h)
