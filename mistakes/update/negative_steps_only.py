"""Your function returns the steps downhill, without the parameters that they should change. Apply each step to its
parameter."""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(-lr * g for p, g in zip(parameters, gradients))
