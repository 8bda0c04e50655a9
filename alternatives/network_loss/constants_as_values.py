"""Input, target and the start of the sum become Values."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    x, y = Value(x), Value(y)
    z_3 = Value(0.0)
    for j in range(len(w_1)):
        z_3 = z_3 + w_2[j] * (Value(1.0) / (Value(1.0) + (-(w_1[j] * x + b_1[j])).exp()))
    return (z_3 + b_2 - y) ** 2
