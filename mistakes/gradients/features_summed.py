"""Your dL_dw1 is one number: it looks as if the two features were added up as well. Each weight has a gradient of its
own; sum over the points only."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return np.sum(error[:, np.newaxis] * X), np.sum(error)
