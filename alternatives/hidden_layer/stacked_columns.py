"""One column per neuron, joined by np.stack."""


def hidden_layer(x, w, b):
    columns = [sigmoid(wj * x + bj) for wj, bj in zip(w, b, strict=True)]
    return np.stack(columns, axis=-1)
