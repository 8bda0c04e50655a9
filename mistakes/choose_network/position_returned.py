"""You return the place of the best network in the list. Return the network itself, its four parameters."""

import numpy as np


def choose_network(networks, X_val, y_val):
    losses = [mean_cross_entropy(y_val, forward_batch(X_val, *network)[2]) for network in networks]
    return int(np.argmin(losses))
