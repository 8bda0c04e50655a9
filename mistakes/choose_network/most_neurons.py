"""You return the network with the most hidden neurons. More neurons are not always better: that is why there is a
validation set."""


def choose_network(networks, X_val, y_val):
    return max(networks, key=lambda network: len(network[1]))
