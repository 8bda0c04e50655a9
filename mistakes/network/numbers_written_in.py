"""Your output is the same for every w_out and b_out: it looks as if fixed values replace them, or as if they come from
outside the function. Use the arguments that the caller passes."""


def network(x, w, b, w_out, b_out):
    w_out = np.ones(2)
    b_out = 0
    h = hidden_layer(x, w, b)
    return w_out[0] * h[:, 0] + w_out[1] * h[:, 1] + b_out
