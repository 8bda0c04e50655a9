"""Your function ends without a return statement, so its caller gets None. Return the four new parameters, and leave the
old ones unchanged."""

# spreads: test_train


def update(parameters, gradients, lr):
    for parameter, gradient in zip(parameters, gradients):
        parameter -= lr * gradient
