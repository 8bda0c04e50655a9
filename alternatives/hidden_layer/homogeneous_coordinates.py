"""Weights and biases in one matrix, x with a column of ones, and a print."""


def hidden_layer(x, w, b):
    inputs = np.vstack([x, np.ones_like(x, dtype=float)]).T
    parameters = np.vstack([w, b])
    print(inputs.shape, parameters.shape)
    return sigmoid(np.matmul(inputs, parameters))
