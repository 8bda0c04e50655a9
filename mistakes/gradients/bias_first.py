"""Your gradients are right, but the gradient of the bias comes first. Return dL_dw1, then dL_db1."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return np.sum(error), error @ X
