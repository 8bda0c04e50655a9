"""Your gradients are far too large: it looks as if a column of shape (n, 1) minus an array of shape (n,) broadcast to
(n, n). Give both the same shape."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    p = np.reshape(predict_proba(X, w_1, b_1), (-1, 1))
    error = p - y
    return np.sum(X.T @ error, axis=1), np.sum(error)
