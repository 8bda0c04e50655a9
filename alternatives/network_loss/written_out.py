"""Both neurons written out, with Values for the constants."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_1 = w_1[0] * x + b_1[0]
    z_2 = w_1[1] * x + b_1[1]
    h_1 = 1 / (1 + (z_1 * -1).exp())
    h_2 = 1 / (1 + (z_2 * -1).exp())
    z_3 = w_2[0] * h_1 + w_2[1] * h_2 + b_2
    error = y - z_3
    return error * error
