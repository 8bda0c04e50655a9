"""Your function works for a single number but not for an array. The functions of the math module take one number at a
time; NumPy has functions of the same names that take arrays."""
# spreads: test_plot_sig, test_perceptron

import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))
