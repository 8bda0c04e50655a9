"""Loops over indices, computes with NumPy, and returns an array of one number."""

import numpy as np


def train_step(parameters, loss_of, lr):
    for i in range(len(parameters)):
        parameters[i].grad = np.float64(0)
    loss = loss_of(parameters)
    loss.backward()
    steps = np.array([p.grad for p in parameters]) * lr
    for i, step in enumerate(steps):
        parameters[i].data -= float(step)
    return np.array([loss.data])
