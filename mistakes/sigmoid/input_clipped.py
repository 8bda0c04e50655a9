"""Beyond some z your sigmoid stays where it is: z is cut off too early. A cut only avoids an overflow, so it belongs far out,
at several hundred."""

# spreads: test_perceptron

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -5, 5)))
