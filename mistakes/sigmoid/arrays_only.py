"""Your loop needs an array to walk along and fails for a single number, and z may be either: numpy's functions work on
both without a loop."""


def sigmoid(z):
    h = []
    for i in range(len(z)):
        h.append(1 / (1 + np.exp(-z[i])))
    return np.array(h)
