"""Trains in single precision, with a generator for each epoch."""

import numpy as np


def train_network(X, y, parameters, epochs, batch_size, lr, seed):
    P = [np.asarray(value, dtype=np.float32) for value in parameters]
    for epoch in range(epochs):
        order = np.random.default_rng([seed, epoch]).permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            G = backprop_batch(X[rows].astype(np.float32), y[rows], *P)
            P = [p - np.float32(lr) * np.asarray(g, dtype=np.float32) for p, g in zip(P, G)]
    return P
