"""You return a True or False for each point. The task asks for one number: the share of those that are True."""

# spreads: test_test_accuracy


def accuracy(y, p):
    return (p > 0.5) == y
