"""You return the first network, whatever the losses are. Check the comparison, and whether the return is inside the
loop."""


def choose_network(networks, X_val, y_val):
    for network in networks:
        loss = mean_cross_entropy(y_val, forward_batch(X_val, *network)[2])
        return network
