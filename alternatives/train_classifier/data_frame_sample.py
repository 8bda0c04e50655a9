"""The points in a DataFrame, shuffled by sample(frac=1) with a new seed in each epoch."""

import numpy as np
import pandas as pd


def train_classifier(X, y, epochs, batch_size, lr, seed):
    table = pd.DataFrame({"first": X[:, 0], "second": X[:, 1], "label": y})
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for epoch in range(epochs):
        mixed = table.sample(frac=1, random_state=1000 * seed + epoch).to_numpy()
        for first in range(0, len(mixed), batch_size):
            part = mixed[first : first + batch_size]
            dL_dw1, dL_db1 = gradients(part[:, :2], part[:, 2], w_1, b_1)
            w_1 = w_1 - lr * dL_dw1
            b_1 = b_1 - lr * dL_db1
    return w_1, b_1
