"""Only one parameter comes back: it looks as if the return stands inside the loop. Let the loop finish first."""

# spreads: test_train


def update(parameters, gradients, lr):
    new_parameters = []
    for parameter, gradient in zip(parameters, gradients):
        new_parameters.append(parameter - lr * gradient)
        return new_parameters
