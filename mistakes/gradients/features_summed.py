"""Your dL_dw1 is one number: it looks as if you sum over the two features as well. Each weight has its own gradient, so
sum over the points only."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return np.sum(error[:, np.newaxis] * X), np.sum(error)
