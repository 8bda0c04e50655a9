"""It looks as if you take the mean over the two features. A neuron sums its weighted inputs."""

# spreads: test_gradients, test_train_classifier

import numpy as np


def predict_proba(X, w_1, b_1):
    return sigmoid(np.mean(X * w_1, axis=1) + b_1)
