"""The gradients are right, but your function also makes a step: `-=` writes into the caller's parameters. Return only
the gradients."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    lr = 0.01
    error = predict_proba(X, w_1, b_1) - y
    dL_dw1 = error @ X
    dL_db1 = np.sum(error)
    w_1 -= lr * dL_dw1
    b_1 -= lr * dL_db1
    return dL_dw1, dL_db1
