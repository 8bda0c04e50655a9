"""Your probabilities add up to 1 over all points: that is a softmax. The probability of one point does not depend on
the other points."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    e = np.exp(X @ w_1 + b_1)
    return e / np.sum(e)
