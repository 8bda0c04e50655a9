"""Both gradients have the wrong sign: the difference in the error is the wrong way round. The gradient has to point to
where the loss grows."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = y - predict_proba(X, w_1, b_1)
    return error @ X, np.sum(error)
