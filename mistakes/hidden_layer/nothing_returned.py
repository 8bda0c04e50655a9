"""Your function ends without a return statement, so its caller gets None. Return the outputs; printing them is not
enough."""
# spreads: test_network


def hidden_layer(x, w, b):
    z = np.outer(x, w) + b
    h = sigmoid(z)
    print(h.shape)
