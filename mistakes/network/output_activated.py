"""Your output stays between 0 and 1: it looks as if the output neuron has a sigmoid too. In this network the output is
linear."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    return sigmoid(h @ w_out + b_out)
