"""Your network has no activation in it, so that it can only draw straight lines: the hidden neurons use the sigmoid."""


def network(x, w, b, w_out, b_out):
    z = np.outer(x, w) + b
    return z @ w_out + b_out
