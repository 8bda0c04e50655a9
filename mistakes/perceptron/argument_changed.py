"""The values are right, but your function changes the array x that it was given, and the caller's next line works with
spoiled numbers: compute into a new name instead of using operators such as *= on x."""


def perceptron(x, w, b):
    x *= w
    x += b
    return sigmoid(x)
