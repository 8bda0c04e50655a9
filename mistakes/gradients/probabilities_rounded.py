"""Your gradients look as if the probabilities were rounded to two decimals first. Use them as predict_proba gives them."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    d = np.round(predict_proba(X, w_1, b_1), 2) - y
    return d @ X, np.sum(d)
