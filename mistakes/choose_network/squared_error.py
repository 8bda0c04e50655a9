"""You choose by the squared error. It ranks networks in another order than the mean cross-entropy, which the task asks
for: a confident mistake costs far more there."""

import numpy as np


def choose_network(networks, X_val, y_val):
    errors = [np.mean((np.ravel(forward_batch(X_val, *network)[2]) - y_val) ** 2) for network in networks]
    return networks[int(np.argmin(errors))]
