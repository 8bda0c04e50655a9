"""Two masks, one for each sign, on an array of at least one dimension; its shape is restored at the end."""


def sigmoid(z):
    flat = np.atleast_1d(np.array(z, dtype=float))
    positive = flat >= 0
    h = np.empty(flat.shape)
    h[positive] = 1 / (1 + np.exp(-flat[positive]))
    e = np.exp(flat[~positive])
    h[~positive] = e / (1 + e)
    return h.reshape(np.shape(z))
