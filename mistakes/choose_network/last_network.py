"""You return the last network: it looks as if the loop keeps each one in turn. Keep a network only if it is better
than the best so far."""


def choose_network(networks, X_val, y_val):
    for network in networks:
        best = network
    return best
