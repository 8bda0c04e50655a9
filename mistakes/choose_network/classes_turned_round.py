"""Your loss is small where the network is wrong: it looks as if it takes class 0 for class 1. p is the probability of
class 1."""

import numpy as np


def choose_network(networks, X_val, y_val):
    losses = [mean_cross_entropy(1 - y_val, forward_batch(X_val, *network)[2]) for network in networks]
    return networks[int(np.argmin(losses))]
