"""Your product fails unless the batch has two points: it looks as if the shapes do not match. Write down the shape of
each factor, and check that the product sums over the n points."""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return X @ error, np.sum(error)
