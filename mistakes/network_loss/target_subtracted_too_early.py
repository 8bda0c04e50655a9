"""The target seems to be missing in your loss, or it does not enter as it should: the loss measures the distance from
output to target."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = b_2
    for j in range(2):
        z = w_1[j] * x + b_1[j]
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_2[j] * h
    return z_3**2
