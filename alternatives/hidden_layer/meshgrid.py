"""Grids of all pairs from np.meshgrid."""


def hidden_layer(x, w, b):
    weights, points = np.meshgrid(w, x)
    biases, _ = np.meshgrid(b, x)
    return sigmoid(weights * points + biases)
