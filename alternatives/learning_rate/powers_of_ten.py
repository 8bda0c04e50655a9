"""A power of ten."""

lr_small = 10**-3
