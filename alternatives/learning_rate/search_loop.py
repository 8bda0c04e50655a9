"""Halves the learning rate in a loop until a step from the start values helps."""

import numpy as np

start = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
target = gaussian(1.0)
lr_small = 1.0
while True:
    gradients_at_start = backprop(1.0, target, *start)
    after = update(start, gradients_at_start, lr_small)
    if abs(forward(1.0, *after)[2] - target) < abs(forward(1.0, *start)[2] - target):
        break
    lr_small = lr_small / 2
