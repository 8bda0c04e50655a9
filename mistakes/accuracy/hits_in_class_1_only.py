"""It looks as if only the correct decisions for class 1 are counted. Count the correct decisions for class 0 as
well."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((p > 0.5) * y)
