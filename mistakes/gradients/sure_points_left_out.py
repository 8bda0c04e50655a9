"""Points that are nearly right are missing from your sums. Each point counts with its p - y, however small."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    d = predict_proba(X, w_1, b_1) - y
    d = np.where(np.abs(d) < 0.01, 0.0, d)
    return d @ X, np.sum(d)
