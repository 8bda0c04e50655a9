"""It looks as if only right decisions for class 1 are counted. A right decision for class 0 counts as well."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((p > 0.5) * y)
