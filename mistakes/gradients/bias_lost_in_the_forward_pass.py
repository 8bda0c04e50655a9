"""Your gradients do not depend on b_1: it looks as if your forward pass leaves out the bias. You can use predict_proba
for the forward pass."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = sigmoid(X @ w_1) - y
    return error @ X, np.sum(error)
