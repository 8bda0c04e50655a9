"""The sigmoid through the tanh."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z = [w_1[j] * float(x) + b_1[j] for j in (0, 1)]
    h = [(1 + (0.5 * z_j).tanh()) / 2 for z_j in z]
    return (b_2 + w_2[0] * h[0] + w_2[1] * h[1] - y) ** 2
