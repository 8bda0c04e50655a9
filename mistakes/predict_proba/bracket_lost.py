"""It looks as if b_1 has the wrong sign. If you write the exponential yourself, put parentheses around all of z:
otherwise the minus sign applies only to the first term."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    return 1 / (1 + np.exp(-X @ w_1 + b_1))
