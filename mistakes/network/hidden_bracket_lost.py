"""The biases of your hidden neurons have the wrong sign. If you write the exponential yourself, put parentheses around
all of z: otherwise the minus sign applies only to the first term."""


def network(x, w, b, w_out, b_out):
    h = 1 / (1 + np.exp(-np.outer(x, w) + b))
    return h @ w_out + b_out
