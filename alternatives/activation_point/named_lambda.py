"""A lambda assigned to the name."""

activation_point = lambda w, b: -(b / w)
