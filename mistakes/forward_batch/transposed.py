"""Your tables have a row for each neuron. Points belong to the rows, neurons to the columns."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network

import numpy as np


def forward_batch(X, W_1, b_1, w_2, b_2):
    Z_1 = X @ W_1 + b_1
    H = np.tanh(Z_1)
    p = sigmoid(H @ w_2 + b_2)
    return Z_1.T, H.T, p
