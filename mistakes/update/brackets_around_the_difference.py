"""It looks as if the learning rate multiplies the parameter as well. Only the gradient is scaled: check your
parentheses."""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(lr * (p - g) for p, g in zip(parameters, gradients))
