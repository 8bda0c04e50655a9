"""Your lr_small holds several learning rates. Choose a single one that brings the output closer to y."""

lr_small = [0.01, 0.1, 0.5]
