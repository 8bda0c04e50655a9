"""For each side, a loop doubles z until the value no longer changes; prints."""


def settle(z):
    value = float(sigmoid(z))
    while True:
        z = 2 * z
        following = float(sigmoid(z))
        print(z, following)
        if abs(following - value) < 1e-12:
            return following
        value = following


limit_plus_infinity = settle(1.0)
limit_minus_infinity = settle(-1.0)
