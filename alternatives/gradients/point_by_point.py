"""Adds up Python floats in a loop; returns a list of an array and a number."""

import numpy as np


def gradients(X, y, w_1, b_1):
    total = [0.0, 0.0]
    dL_db1 = 0.0
    p = predict_proba(X, w_1, b_1)
    for i in range(len(X)):
        error = float(p[i]) - float(y[i])
        total[0] += error * float(X[i][0])
        total[1] += error * float(X[i][1])
        dL_db1 += error
    return [np.array(total), dL_db1]
