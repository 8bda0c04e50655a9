"""The output weights are the left factor, and the hidden outputs are transposed."""


def network(x, w, b, w_out, b_out):
    return w_out @ hidden_layer(x, w, b).T + b_out
