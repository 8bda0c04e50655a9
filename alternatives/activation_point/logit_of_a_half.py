"""Inverts the sigmoid in general and evaluates the inverse at 1/2."""


def activation_point(w, b, output=0.5):
    z = np.log(output / (1 - output))
    return (z - b) / w
