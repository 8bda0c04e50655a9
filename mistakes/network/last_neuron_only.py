"""Only the last neuron reaches your output: each turn of the loop throws away what the one before it found, so add it to
a running sum."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    for j in range(len(w)):
        y = w_out[j] * h[:, j]
    return y + b_out
