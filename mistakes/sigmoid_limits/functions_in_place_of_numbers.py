"""You defined functions under the names of the two limits. Assign a plain number to each name instead."""


def limit_plus_infinity(z=1000):
    return sigmoid(z)


def limit_minus_infinity(z=-1000):
    return sigmoid(z)
