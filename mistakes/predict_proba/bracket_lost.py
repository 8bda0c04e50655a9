"""It looks as if b_1 counts with the wrong sign. If you write the exponential yourself, put brackets around the whole
of z: otherwise the minus in front reaches only the term before the plus."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    return 1 / (1 + np.exp(-X @ w_1 + b_1))
