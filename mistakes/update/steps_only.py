"""You return the steps by which the parameters should change, not the changed parameters. What are the steps taken
from?"""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(lr * g for p, g in zip(parameters, gradients))
