"""It looks as if the error is made of decisions, 0 or 1, and not of probabilities, so that points on the right side
do not count at all. Leave the threshold out."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = (predict_proba(X, w_1, b_1) > 0.5).astype(int) - y
    return error @ X, np.sum(error)
