"""Output weights in front, hidden outputs transposed."""


def network(x, w, b, w_out, b_out):
    return w_out @ hidden_layer(x, w, b).T + b_out
