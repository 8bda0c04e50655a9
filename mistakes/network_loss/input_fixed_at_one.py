"""The input seems to have no influence on your loss: use the x that the function is given. In Lab 3 it was 1 to begin
with, but not always."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = b_2
    for j in range(2):
        z = w_1[j] * 1.0 + b_1[j]
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_2[j] * h
    return (z_3 - y) ** 2
