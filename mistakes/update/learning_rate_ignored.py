"""Your result does not depend on the learning rate. It scales the length of the step: where does it belong in your
formula?"""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(p - g for p, g in zip(parameters, gradients))
