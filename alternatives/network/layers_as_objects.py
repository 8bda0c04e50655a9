"""Layers as objects of a class of its own, applied one after the other."""


class Layer:
    def __init__(self, weights, bias, activation):
        self.weights = np.atleast_2d(weights)
        self.bias = bias
        self.activation = activation

    def __call__(self, inputs):
        return self.activation(inputs @ self.weights + self.bias)


def network(x, w, b, w_out, b_out):
    layers = [Layer(w, b, sigmoid), Layer(np.reshape(w_out, (-1, 1)), b_out, lambda z: z)]
    signal = np.reshape(x, (-1, 1))
    for layer in layers:
        signal = layer(signal)
    return signal.ravel()
