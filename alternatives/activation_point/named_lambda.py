"""A lambda."""

activation_point = lambda w, b: -(b / w)
