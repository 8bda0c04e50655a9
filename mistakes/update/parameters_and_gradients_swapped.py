"""It looks as if parameters and gradients are swapped: your step starts from the gradients. Check the order of the
names in your loop, or in your subtraction."""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(p - lr * g for g, p in zip(parameters, gradients))
