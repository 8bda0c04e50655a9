"""Your function computes, or prints, but hands nothing back, so whoever calls it gets None: end it with a return."""
# spreads: test_perceptron


def affine(x, w, b):
    # Code goes here
    z = w * x + b
    print(z)
