"""Both gradients are too small by a factor of the number of points: it looks as if you take the mean. Here the loss is
summed over the batch, and so are its gradients."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return error @ X / len(X), np.mean(error)
