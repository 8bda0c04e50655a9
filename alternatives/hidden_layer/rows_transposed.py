"""One row per neuron, transposed at the end: the result lies in memory column by column."""


def hidden_layer(x, w, b):
    rows = np.array([sigmoid(w[j] * x + b[j]) for j in range(len(w))])
    return rows.T
