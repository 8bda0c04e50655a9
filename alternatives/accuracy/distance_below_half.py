"""np.where for the decisions and np.equal for the comparison; returns a 0-d array."""

import numpy as np


def accuracy(y, p):
    decisions = np.where(np.subtract(p, 0.5) > 0, 1, 0)
    return np.array(np.equal(decisions, y).mean())
