"""The values are right, but your function changes the array x that the caller passed in. Store the result under a new
name instead of using in-place operators such as *= on x."""


def perceptron(x, w, b):
    x *= w
    x += b
    return sigmoid(x)
