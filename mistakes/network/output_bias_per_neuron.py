"""Your output bias is added once for every neuron: there is one output node, so add it once, after the sum."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    return np.sum(w_out * h + b_out, axis=1)
