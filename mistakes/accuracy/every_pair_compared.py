"""It looks as if each label is compared with every probability: a column (n, 1) against a row (n,) blows up to (n,
n). Give both the same shape."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    decisions = np.reshape(p, (-1, 1)) > 0.5
    return np.mean(decisions == y)
