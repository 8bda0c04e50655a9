"""It looks as if each step is multiplied by its parameter, so that a parameter of 0 never moves. The step depends only
on the learning rate and the gradient."""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(p * (1 - lr * g) for p, g in zip(parameters, gradients))
