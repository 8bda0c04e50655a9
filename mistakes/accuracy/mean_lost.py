"""Your function returns True or False for each point. The task asks for one number: the share of points for which it is
True."""

# spreads: test_test_accuracy


def accuracy(y, p):
    return (p > 0.5) == y
