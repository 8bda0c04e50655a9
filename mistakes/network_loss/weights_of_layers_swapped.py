"""It looks as if the weights of the two layers are swapped: w_1 belongs to the hidden neurons, w_2 to the output
neuron."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = b_2
    for j in range(2):
        z = w_2[j] * x + b_1[j]
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_1[j] * h
    return (z_3 - y) ** 2
