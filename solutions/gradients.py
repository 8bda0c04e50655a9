"""Lab 04, exercise `gradients`: the gradient of the cross-entropy, summed over a batch: (p - y) x for each point."""

import numpy as np

from solutions.predict_proba import predict_proba


def gradients(X: np.ndarray, y: np.ndarray, w_1: np.ndarray, b_1: np.ndarray) -> tuple[np.ndarray, float]:
    """Gradient of the cross-entropy summed over a batch.

    Args:
        X: (n, 2), the points of the batch.
        y: (n,), their classes, 0 or 1.
        w_1, b_1: (2,) and (1,).

    Returns:
        dL_dw1 (2,), and dL_db1, a number.
    """
    dL_dz = predict_proba(X, w_1, b_1) - y
    dL_dw1 = dL_dz @ X
    dL_db1 = np.sum(dL_dz)
    return dL_dw1, dL_db1
