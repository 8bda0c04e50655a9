"""The gradient of the weights is right, but that of the bias is divided by the number of points. Sum both over the
batch."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return error @ X, np.mean(error)
