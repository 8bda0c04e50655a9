"""This is the accuracy of the untrained neuron, with w_1 = (1, 1) and b_1 = 1. Train it first, and use the parameters
that the training returns."""

import numpy as np

test_accuracy = accuracy(y_test, predict_proba(X_test, np.array([1.0, 1.0]), np.array([1.0])))
