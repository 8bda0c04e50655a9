"""x has n elements and w has J, and numpy cannot multiply them element by element: it needs every x with every w, so
make a column of x or look for the product of all pairs."""
# spreads: test_network


def hidden_layer(x, w, b):
    z = w * x + b
    return sigmoid(z)
