"""b_1 has no influence on your gradients: it looks as if the forward pass inside lost the bias. predict_proba does
that pass already."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = sigmoid(X @ w_1) - y
    return error @ X, np.sum(error)
