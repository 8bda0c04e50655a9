"""A negative learning rate moves the parameters uphill. The minus sign is already part of the update: choose a small
number above 0."""

lr_small = -0.1
