"""Your function returns one column per neuron. Add up the weighted outputs of the neurons, so that one number per input
is left."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    return w_out * h + b_out
