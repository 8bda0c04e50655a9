"""It looks as if the learning rate is fixed at 0.01 inside the function. Use the argument lr."""

# spreads: test_train


def update(parameters, gradients, lr):
    lr = 0.01
    return tuple(p - lr * g for p, g in zip(parameters, gradients))
