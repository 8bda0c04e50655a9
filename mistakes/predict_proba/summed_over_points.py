"""Your function returns two numbers, however many points there are: it looks as if you sum over the points instead of
the features. Check the axis of your sum."""

# spreads: test_gradients, test_test_accuracy, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    return sigmoid(np.sum(X * w_1, axis=0) + b_1)
