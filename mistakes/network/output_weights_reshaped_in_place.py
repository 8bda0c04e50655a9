"""The values are right, but your function changes the shape of the array w_out that the caller passed in. Store the
reshaped array under a new name."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    w_out.shape = (len(w_out), 1)
    y = h @ w_out
    return y[:, 0] + b_out
