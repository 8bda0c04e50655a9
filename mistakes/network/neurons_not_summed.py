"""You return one column per neuron: their weighted outputs still have to be added up, so that one number per input
is left."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    return w_out * h + b_out
