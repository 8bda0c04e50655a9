"""Your function returns the parameters unchanged: it looks as if the new values are computed but not stored. Assigning
to a loop variable does not change the collection."""

# spreads: test_train


def update(parameters, gradients, lr):
    for parameter, gradient in zip(parameters, gradients):
        parameter = parameter - lr * gradient
    return parameters
