"""Your function ends without a return statement, so its caller gets None. Return the output; printing it is not
enough."""


def network(x, w, b, w_out, b_out):
    h = hidden_layer(x, w, b)
    y_out = h @ w_out + b_out
