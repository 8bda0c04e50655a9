"""It looks as if only the last point of the batch counts, as when a loop overwrites its result. Add up the
contributions of all points."""

# spreads: test_train_network

import numpy as np


def backprop_batch(X, y, W_1, b_1, w_2, b_2):
    Z_1, H, p = forward_batch(X, W_1, b_1, w_2, b_2)
    dL_dz2, dL_dZ1 = deltas(y, Z_1, p, w_2)
    dL_dw2 = dL_dz2[-1] * H[-1]
    dL_db2 = dL_dz2[-1:]
    dL_dW1 = np.outer(X[-1], dL_dZ1[-1])
    dL_db1 = dL_dZ1[-1]
    return dL_dW1, dL_db1, dL_dw2, dL_db2
