"""You choose by the accuracy. Many networks share the same accuracy on a small set; the task asks for the
cross-entropy."""

import numpy as np


def choose_network(networks, X_val, y_val):
    shares = [np.mean((np.ravel(forward_batch(X_val, *network)[2]) > 0.5) == y_val) for network in networks]
    return networks[int(np.argmax(shares))]
