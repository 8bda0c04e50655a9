"""The values are right, but your function changes the array x that it was given, and the caller's next line works with
spoiled numbers: compute into a new name instead of using operators such as *= on x."""
# spreads: test_perceptron


def affine(x, w, b):
    x *= w
    x += b
    return x
