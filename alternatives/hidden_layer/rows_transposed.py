"""One row per neuron, transposed at the end, so the result is stored in column-major order."""


def hidden_layer(x, w, b):
    rows = np.array([sigmoid(w[j] * x + b[j]) for j in range(len(w))])
    return rows.T
