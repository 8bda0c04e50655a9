"""Both your gradients are too small by the number of points: it looks as if you took the mean. Here the loss is
summed over the batch, and so are its gradients."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return error @ X / len(X), np.mean(error)
