"""It looks as if b_1 is added once for each feature, before the sum. The neuron has one bias: add it once, after the
weighted sum."""

# spreads: test_gradients, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    return sigmoid(np.sum(X * w_1 + b_1, axis=1))
