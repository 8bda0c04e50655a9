"""The sigmoid as e^z / (e^z + 1)."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    out = -y + b_2
    for weight, bias, out_weight in zip(w_1, b_1, w_2):
        e = (x * weight + bias).exp()
        out = out + out_weight * (e / (e + 1))
    return out**2
