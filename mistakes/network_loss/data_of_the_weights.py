"""Your function computes with the numbers inside the weights. The result is right, but the graph is cut: it cannot lead
back to parameters of which only the data was used."""


def network_loss(x, y, w_1, b_1, w_2, b_2):
    z_3 = b_2
    for j in range(2):
        z = w_1[j].data * x + b_1[j]
        h = 1 / (1 + (-z).exp())
        z_3 = z_3 + w_2[j] * h
    return (z_3 - y) ** 2
