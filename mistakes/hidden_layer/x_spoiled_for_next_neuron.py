"""Your loop changes x itself, so that the next neuron, and the caller, no longer find the inputs: compute each z into a
new name."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = np.zeros((len(x), len(w)))
    for j in range(len(w)):
        x *= w[j]
        x += b[j]
        h[:, j] = sigmoid(x)
    return h
