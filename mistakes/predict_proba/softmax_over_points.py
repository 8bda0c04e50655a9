"""Your probabilities add up to 1 over the points, as a softmax makes them. Each point has a probability of its own,
which does not depend on the others."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    e = np.exp(X @ w_1 + b_1)
    return e / np.sum(e)
