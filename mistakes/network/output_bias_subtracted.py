"""Your output bias has the wrong sign. The bias is always added, even if it is a negative number."""


def network(x, w, b, w_out, b_out):
    return hidden_layer(x, w, b) @ w_out - b_out
