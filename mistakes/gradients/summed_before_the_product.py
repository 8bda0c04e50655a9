"""It looks as if errors and points were each summed before they were multiplied. Each point's error belongs to that
point's features: multiply first, then sum."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return np.sum(error) * np.sum(X, axis=0), np.sum(error)
