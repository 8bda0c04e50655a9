"""The values are right, but your function changes the array x that the caller passed in. Store the result under a new
name instead of using in-place operators such as *= on x."""
# spreads: test_perceptron


def affine(x, w, b):
    x *= w
    x += b
    return x
