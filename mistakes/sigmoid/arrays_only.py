"""Your function fails for a single number: it looks as if a loop expects an array. z may be either, and NumPy's
functions handle both without a loop."""


def sigmoid(z):
    h = []
    for i in range(len(z)):
        h.append(1 / (1 + np.exp(-z[i])))
    return np.array(h)
