"""It looks as if the slope of the sigmoid is still a factor of your gradients. With the cross-entropy it cancels: go
through the derivative of the loss once more."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    p = predict_proba(X, w_1, b_1)
    delta = (p - y) * p * (1 - p)
    return delta @ X, np.sum(delta)
