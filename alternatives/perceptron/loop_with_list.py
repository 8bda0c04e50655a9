"""One point at a time, returned as a list."""


def perceptron(x, w, b):
    outputs = []
    for xi in np.atleast_1d(x):
        outputs.append(float(np.squeeze(sigmoid(affine(xi, w, b)))))
    return outputs
