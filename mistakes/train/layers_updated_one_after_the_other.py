"""It looks as if you update some parameters before you compute the other gradients. Within one step, compute all
gradients with the same parameters."""

import numpy as np


def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    w_1, b_1, w_2, b_2 = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    for _ in range(N):
        x = rng.choice(X)
        y = gaussian(x)
        w_2 = w_2 - lr * backprop(x, y, w_1, b_1, w_2, b_2)[2]
        b_2 = b_2 - lr * backprop(x, y, w_1, b_1, w_2, b_2)[3]
        w_1 = w_1 - lr * backprop(x, y, w_1, b_1, w_2, b_2)[0]
        b_1 = b_1 - lr * backprop(x, y, w_1, b_1, w_2, b_2)[1]
    return w_1, b_1, w_2, b_2
