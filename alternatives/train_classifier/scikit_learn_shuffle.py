"""scikit-learn's shuffle and a generator of batches; prints the accuracy during the training."""

import numpy as np
from sklearn.utils import shuffle


def batches(X, y, size):
    for start in range(0, len(X), size):
        yield X[start : start + size], y[start : start + size]


def train_classifier(X, y, epochs, batch_size, lr, seed):
    state = np.random.RandomState(seed)
    w_1, b_1 = np.array([1.0, 1.0]), np.array([1.0])
    for epoch in range(epochs):
        X, y = shuffle(X, y, random_state=state)
        for points, labels in batches(X, y, batch_size):
            dL_dw1, dL_db1 = gradients(points, labels, w_1, b_1)
            w_1, b_1 = w_1 - lr * dL_dw1, b_1 - lr * dL_db1
        if epoch % 50 == 0:
            print("epoch", epoch, "accuracy", accuracy(y, predict_proba(X, w_1, b_1)))
    return w_1, b_1
