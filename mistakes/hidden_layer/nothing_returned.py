"""Your function computes, or prints, but hands nothing back, so whoever calls it gets None: end it with a return."""
# spreads: test_network


def hidden_layer(x, w, b):
    z = np.outer(x, w) + b
    h = sigmoid(z)
    print(h.shape)
