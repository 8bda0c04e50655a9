"""It looks as if you divide by the number of points that are put into class 1: that is the precision. Accuracy counts
the correct decisions among all points, of either class."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    decided = p > 0.5
    return np.sum(decided & (y == 1)) / max(np.sum(decided), 1)
