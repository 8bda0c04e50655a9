"""Your function returns the steps, not the parameters after the step. What is each step subtracted from?"""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(lr * g for p, g in zip(parameters, gradients))
