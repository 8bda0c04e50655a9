"""A loop that keeps the best network so far."""


def choose_network(networks, X_val, y_val):
    best, lowest = None, float("inf")
    for network in networks:
        W_1, b_1, w_2, b_2 = network
        _, _, p = forward_batch(X_val, W_1, b_1, w_2, b_2)
        if mean_cross_entropy(y_val, p) < lowest:
            best, lowest = network, mean_cross_entropy(y_val, p)
    return best
