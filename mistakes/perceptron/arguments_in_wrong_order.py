"""It looks as if x is passed to the affine function in the wrong position. Its parameters are x, then the weight, then
the bias: pass them in that order."""


def perceptron(x, w, b):
    return sigmoid(affine(w, b, x))
