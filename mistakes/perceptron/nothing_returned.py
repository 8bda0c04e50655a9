"""Your function ends without a return statement, so its caller gets None. Return the output; printing it is not
enough."""


def perceptron(x, w, b):
    z = affine(x, w, b)
    h = sigmoid(z)
