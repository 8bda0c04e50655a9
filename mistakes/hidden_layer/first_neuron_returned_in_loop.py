"""Only the first column is filled: it looks as if the return is inside the loop. Return after the loop."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = np.zeros((len(x), len(w)))
    for j in range(len(w)):
        h[:, j] = sigmoid(w[j] * x + b[j])
        return h
