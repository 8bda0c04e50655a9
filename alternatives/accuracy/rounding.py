"""np.round, which rounds 0.5 down to 0 and so equals p > 0.5; returns one minus the share of errors."""

import numpy as np


def accuracy(y, p):
    return 1 - np.abs(np.round(p) - y).mean()
