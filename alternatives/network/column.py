"""The output weights as a column, so the result is a column of shape (n, 1)."""


def network(x, w, b, w_out, b_out):
    return hidden_layer(x, w, b) @ np.reshape(w_out, (-1, 1)) + b_out
