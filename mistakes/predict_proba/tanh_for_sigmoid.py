"""Your results lie between -1 and 1: it looks as if the activation is tanh. A probability needs the sigmoid."""

# spreads: test_gradients, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    return np.tanh(X @ w_1 + b_1)
