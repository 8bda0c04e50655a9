"""It looks as if your loop changes x itself, so the next neuron, and the caller, no longer see the original inputs.
Store each z under a new name."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = np.zeros((len(x), len(w)))
    for j in range(len(w)):
        x *= w[j]
        x += b[j]
        h[:, j] = sigmoid(x)
    return h
