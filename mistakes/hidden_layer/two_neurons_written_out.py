"""It looks as if your function only works for two neurons. Make it work for as many neurons as w has elements."""
# spreads: test_network


def hidden_layer(x, w, b):
    z1 = w[0] * x + b[0]
    z2 = w[1] * x + b[1]
    h1 = sigmoid(z1)
    h2 = sigmoid(z2)
    return np.column_stack([h1, h2])
