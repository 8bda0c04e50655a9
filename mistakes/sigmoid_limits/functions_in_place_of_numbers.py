"""You define functions with the names of the limits: asked for are two plain numbers under those names."""


def limit_plus_infinity(z=1000):
    return sigmoid(z)


def limit_minus_infinity(z=-1000):
    return sigmoid(z)
