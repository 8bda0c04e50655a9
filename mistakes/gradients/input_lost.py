"""Both values of your dL_dw1 equal the gradient of the bias: the last factor of the chain rule is missing. What does
each weight multiply?"""

# spreads: test_test_accuracy, test_train_classifier

import numpy as np


def gradients(X, y, w_1, b_1):
    error = predict_proba(X, w_1, b_1) - y
    return np.sum(error) * np.ones(2), np.sum(error)
