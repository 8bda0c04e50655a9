"""You return the last network that is better than the one before it. Compare each with the best of all so far."""

import numpy as np


def choose_network(networks, X_val, y_val):
    before, best = np.inf, networks[0]
    for network in networks:
        loss = mean_cross_entropy(y_val, forward_batch(X_val, *network)[2])
        if loss < before:
            best = network
        before = loss
    return best
