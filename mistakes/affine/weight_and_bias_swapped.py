"""It looks as if w and b are swapped, in the formula or in the order of the parameters. w is the one that multiplies
x."""
# spreads: test_perceptron


def affine(w, b, x):
    return w * x + b
