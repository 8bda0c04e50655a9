"""Your function returns nothing: it seems to change the parameters in place, or to lose them. Return the four new
parameters, and leave the old ones as they are."""

# spreads: test_train


def update(parameters, gradients, lr):
    for parameter, gradient in zip(parameters, gradients):
        parameter -= lr * gradient
