"""It looks as if you multiply x, which has n elements, by w, which has J, element by element. You need every x with
every w: turn x into a column, or look for the product of all pairs."""
# spreads: test_network


def hidden_layer(x, w, b):
    z = w * x + b
    return sigmoid(z)
