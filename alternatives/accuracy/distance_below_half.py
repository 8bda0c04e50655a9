"""np.where for the decisions, np.equal for the comparison, an array without dimensions."""

import numpy as np


def accuracy(y, p):
    decisions = np.where(np.subtract(p, 0.5) > 0, 1, 0)
    return np.array(np.equal(decisions, y).mean())
