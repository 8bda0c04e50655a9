"""It looks as if your function only works for two neurons. Make it work for as many neurons as w has elements."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    return w_out[0] * h[:, 0] + w_out[1] * h[:, 1] + b_out
