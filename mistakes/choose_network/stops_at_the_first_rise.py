"""Your search ends as soon as a loss is larger than the one before. A later network may be better still: look at all
of them."""

import numpy as np


def choose_network(networks, X_val, y_val):
    best, lowest = None, np.inf
    for network in networks:
        loss = mean_cross_entropy(y_val, forward_batch(X_val, *network)[2])
        if loss > lowest:
            break
        best, lowest = network, loss
    return best
