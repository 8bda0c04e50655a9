"""It looks as if b_2 is added once for each hidden neuron. There is one output neuron, with one bias."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = 0
    for j in range(2):
        z = w_1[j] * x + b_1[j]
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_2[j] * h + b_2
    return (z_3 - y) ** 2
