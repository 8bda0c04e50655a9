"""Points that do not fill a batch wait for the next epoch."""

import numpy as np


def train_network(X, y, parameters, epochs, batch_size, lr, seed):
    rng = np.random.default_rng(seed)
    W_1, b_1, w_2, b_2 = parameters
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X) - batch_size + 1, batch_size):
            batch = order[first : first + batch_size]
            dL_dW1, dL_db1, dL_dw2, dL_db2 = backprop_batch(X[batch], y[batch], W_1, b_1, w_2, b_2)
            W_1, b_1 = W_1 - lr * dL_dW1, b_1 - lr * dL_db1
            w_2, b_2 = w_2 - lr * dL_dw2, b_2 - lr * dL_db2
    return W_1, b_1, w_2, b_2
