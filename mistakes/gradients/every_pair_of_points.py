"""Your gradients are far too large: it looks as if a column (n, 1) and a row (n,) were subtracted, which blows up to
(n, n), each point against each label. Give both the same shape."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    p = np.reshape(predict_proba(X, w_1, b_1), (-1, 1))
    error = p - y
    return np.sum(X.T @ error, axis=1), np.sum(error)
