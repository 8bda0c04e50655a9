"""Your function computes, or prints, but hands nothing back, so whoever calls it gets None: end it with a return."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    y_out = h @ w_out + b_out
