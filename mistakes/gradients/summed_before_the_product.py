"""It looks as if you sum the errors and the points separately before you multiply. Multiply each point's error by that
point's features first, then sum."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return np.sum(error) * np.sum(X, axis=0), np.sum(error)
