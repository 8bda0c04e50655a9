"""The sum of the output neuron is too small by a factor of J: it looks as if you take a mean. A neuron adds up."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network, test_choose_network

import numpy as np


def forward_batch(X, W_1, b_1, w_2, b_2):
    Z_1 = X @ W_1 + b_1
    H = np.tanh(Z_1)
    p = sigmoid(H @ w_2 / len(w_2) + b_2)
    return Z_1, H, p
