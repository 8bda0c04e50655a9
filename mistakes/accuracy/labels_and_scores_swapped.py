"""It looks as if the probabilities themselves are compared with the classes: the comparison with 0.5 is missing, or
it was made on the labels. Only a probability has to become a decision first."""

# spreads: test_test_accuracy

import numpy as np


def accuracy(y, p):
    return np.mean((y > 0.5) == p)
