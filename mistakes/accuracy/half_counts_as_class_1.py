"""Points with p exactly 0.5 are counted as class 1. The task says above 0.5: check your comparison."""

import numpy as np


def accuracy(y, p):
    return np.mean((p >= 0.5) == y)
