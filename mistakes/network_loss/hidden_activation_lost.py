"""The hidden neurons seem to have no activation: what they add up goes straight to the output. Where is the sigmoid?"""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = b_2
    for j in range(2):
        z = w_1[j] * x + b_1[j]
        h = z
        z_3 = z_3 + w_2[j] * h
    return (z_3 - y) ** 2
