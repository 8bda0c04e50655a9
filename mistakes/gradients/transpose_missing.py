"""Your product fails unless the batch has two points: the shapes (2, n), (n, 2) and (n,) do not meet where they
should. Write them down below your product and look for the n that is summed over."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return X @ error, np.sum(error)
