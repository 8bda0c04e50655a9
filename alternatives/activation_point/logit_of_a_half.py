"""Turns the sigmoid around in general and puts 1/2 into it."""


def activation_point(w, b, output=0.5):
    z = np.log(output / (1 - output))
    return (z - b) / w
