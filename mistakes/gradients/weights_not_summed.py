"""Your dL_dw1 still has one row per point. The loss is a sum over the batch: sum over the points, so that dL_dw1 has
the shape of w_1."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return X * error[:, np.newaxis], np.sum(error)
