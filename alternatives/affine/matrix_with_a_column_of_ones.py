"""Weight and bias as one vector, multiplied by a matrix of x and a column of ones."""


def affine(x, w, b):
    x = np.ravel(x)
    return np.column_stack([x, np.ones(x.size)]) @ np.array([w, b])
