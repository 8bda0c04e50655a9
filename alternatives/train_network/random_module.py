"""Python's own generator shuffles a list of positions."""

import random


def train_network(X, y, parameters, epochs, batch_size, lr, seed):
    draw = random.Random(seed)
    W_1, b_1, w_2, b_2 = parameters
    places = list(range(len(X)))
    for _ in range(epochs):
        draw.shuffle(places)
        for first in range(0, len(X), batch_size):
            batch = places[first : first + batch_size]
            dL_dW1, dL_db1, dL_dw2, dL_db2 = backprop_batch(X[batch], y[batch], W_1, b_1, w_2, b_2)
            W_1, b_1 = W_1 - lr * dL_dW1, b_1 - lr * dL_db1
            w_2, b_2 = w_2 - lr * dL_dw2, b_2 - lr * dL_db2
    return W_1, b_1, w_2, b_2
