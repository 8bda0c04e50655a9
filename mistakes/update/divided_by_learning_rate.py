"""It looks as if you divide the gradient by the learning rate, so that a smaller lr makes a longer step. It should be
the other way round."""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(p - g / lr for p, g in zip(parameters, gradients))
