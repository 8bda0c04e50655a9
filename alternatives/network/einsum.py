"""np.einsum for the whole forward pass."""


def network(x, w, b, w_out, b_out):
    z = np.einsum("i,j->ij", x, w) + b
    return np.einsum("ij,j->i", sigmoid(z), w_out) + b_out
