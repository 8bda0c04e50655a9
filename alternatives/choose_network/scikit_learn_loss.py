"""Takes the loss from scikit-learn."""

from sklearn.metrics import log_loss
import numpy as np


def choose_network(networks, X_val, y_val):
    losses = {log_loss(y_val, np.ravel(forward_batch(X_val, *one)[2]), labels=[0, 1]): one for one in networks}
    return losses[min(losses)]
