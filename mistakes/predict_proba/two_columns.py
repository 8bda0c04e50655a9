"""Your function returns two columns, one per class, as scikit-learn does. The task asks for the probability of class 1
only: one number per point."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    p = sigmoid(X @ w_1 + b_1)
    return np.column_stack([1 - p, p])
