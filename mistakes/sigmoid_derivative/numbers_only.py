"""Your function works for a single number but not for an array. The functions of the math module take one number at a
time; use functions that work element by element."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train

import math


def sigmoid_derivative(z):
    h = 1 / (1 + math.exp(-z))
    return h * (1 - h)
