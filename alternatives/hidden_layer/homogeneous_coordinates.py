"""Weights and biases in one matrix, multiplied by a matrix of x and a column of ones; prints."""


def hidden_layer(x, w, b):
    inputs = np.vstack([x, np.ones_like(x, dtype=float)]).T
    parameters = np.vstack([w, b])
    print(inputs.shape, parameters.shape)
    return sigmoid(np.matmul(inputs, parameters))
