"""Your return stands inside the loop, so the other columns are still empty: return after the loop."""
# spreads: test_network


def hidden_layer(x, w, b):
    h = np.zeros((len(x), len(w)))
    for j in range(len(w)):
        h[:, j] = sigmoid(w[j] * x + b[j])
        return h
