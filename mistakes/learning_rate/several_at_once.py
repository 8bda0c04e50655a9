"""Your lr_small holds several learning rates. Choose the one with which the output comes closer to y."""

lr_small = [0.01, 0.1, 0.5]
