"""Returns a pandas Series."""


def perceptron(x, w, b):
    return pd.Series(np.ravel(x)).apply(lambda value: float(np.squeeze(sigmoid(affine(value, w, b)))))
