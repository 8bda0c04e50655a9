"""The output goes through a sigmoid as well. In Lab 3's network it is linear: what the output neuron adds up is the
output."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = b_2
    for j in range(2):
        z = w_1[j] * x + b_1[j]
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_2[j] * h
    return (1 / (1 + (-z_3).exp()) - y) ** 2
