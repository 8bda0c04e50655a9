"""The hidden biases seem to have no influence: b_1 belongs to what each hidden neuron adds up."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = b_2
    for j in range(2):
        z = w_1[j] * x
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_2[j] * h
    return (z_3 - y) ** 2
