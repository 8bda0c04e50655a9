"""Your p can be negative: it looks as if the output neuron has the tanh as well. A probability comes from the
sigmoid."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network, test_choose_network

import numpy as np


def forward_batch(X, W_1, b_1, w_2, b_2):
    Z_1 = X @ W_1 + b_1
    H = np.tanh(Z_1)
    p = np.tanh(H @ w_2 + b_2)
    return Z_1, H, p
