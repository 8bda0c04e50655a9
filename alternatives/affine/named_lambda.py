"""A lambda assigned to the name."""

affine = lambda x, w, b: x * w + b
