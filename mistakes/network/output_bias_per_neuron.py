"""It looks as if the output bias is added once for every neuron. There is one output neuron, so add its bias once,
after the sum."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    return np.sum(w_out * h + b_out, axis=1)
