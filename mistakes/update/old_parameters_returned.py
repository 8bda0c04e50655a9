"""You return the parameters unchanged: it looks as if the new values are computed but not kept. Assigning to a loop
variable changes nothing in the collection."""

# spreads: test_train


def update(parameters, gradients, lr):
    for parameter, gradient in zip(parameters, gradients):
        parameter = parameter - lr * gradient
    return parameters
