"""The shapes in your product do not match. A matrix product needs the last axis of the left factor to be as long as the
first axis of the right one: check the shapes of h and w_out."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    return w_out @ h + b_out
