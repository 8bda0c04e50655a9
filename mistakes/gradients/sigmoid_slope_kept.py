"""It looks as if your gradients still contain the slope of the sigmoid. With the cross-entropy it cancels: work through
the derivative of the loss again."""

# spreads: test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    p = predict_proba(X, w_1, b_1)
    delta = (p - y) * p * (1 - p)
    return delta @ X, np.sum(delta)
