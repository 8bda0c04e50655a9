"""It looks as if you take the rows of W_1 for neurons and bend it into another shape. Its columns are the neurons:
use it as it is."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network, test_choose_network

import numpy as np


def forward_batch(X, W_1, b_1, w_2, b_2):
    Z_1 = X @ np.reshape(W_1, (len(b_1), -1)).T + b_1
    H = np.tanh(Z_1)
    p = sigmoid(H @ w_2 + b_2)
    return Z_1, H, p
