"""You apply the activation to x and weight the result: in the diagram the weight and the bias come first and the
activation last."""


def perceptron(x, w, b):
    return affine(sigmoid(x), w, b)
