"""It looks as if you compute the error from z, before the sigmoid. Compare the labels with the probabilities."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = X @ w_1 + b_1 - y
    return error @ X, np.sum(error)
