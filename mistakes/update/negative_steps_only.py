"""You return the steps downhill, but the parameters that should take them are missing from the result."""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(-lr * g for p, g in zip(parameters, gradients))
