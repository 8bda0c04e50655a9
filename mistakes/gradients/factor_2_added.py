"""Both gradients are twice what they should be. The factor 2 belongs to the squared error; the cross-entropy has
none."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = 2 * (predict_proba(X, w_1, b_1) - y)
    return error @ X, np.sum(error)
