"""Your function returns only one parameter: it looks as if the return is inside the loop. Return after the loop."""

# spreads: test_train


def update(parameters, gradients, lr):
    new_parameters = []
    for parameter, gradient in zip(parameters, gradients):
        new_parameters.append(parameter - lr * gradient)
        return new_parameters
