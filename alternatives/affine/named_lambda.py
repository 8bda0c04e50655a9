"""A lambda."""

affine = lambda x, w, b: x * w + b
