"""Only the last neuron reaches your output: it looks as if each pass of the loop overwrites the one before it. Add each
neuron's contribution to a running sum."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    for j in range(len(w)):
        y = w_out[j] * h[:, j]
    return y + b_out
