"""The learning rate has no influence on your result. It scales the length of the step: where should it stand?"""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(p - g for p, g in zip(parameters, gradients))
