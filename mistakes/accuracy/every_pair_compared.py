"""It looks as if every label is compared with every probability: a column of shape (n, 1) and an array of shape (n,)
broadcast to (n, n). Give both the same shape."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    decisions = np.reshape(p, (-1, 1)) > 0.5
    return np.mean(decisions == y)
