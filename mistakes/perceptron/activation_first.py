"""It looks as if you apply the activation to x and weight the result. In the diagram the weight and the bias come first
and the activation comes last."""


def perceptron(x, w, b):
    return affine(sigmoid(x), w, b)
