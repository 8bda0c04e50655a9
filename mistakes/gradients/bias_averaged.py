"""Your gradient of the weights is right, that of the bias is divided by the number of points. Here both are summed
over the batch."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return error @ X, np.mean(error)
