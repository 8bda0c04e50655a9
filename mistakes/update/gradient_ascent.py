"""Your step goes uphill. The gradient points to where the loss grows, so a step that lowers the loss goes the other
way."""

# spreads: test_train


def update(parameters, gradients, lr):
    return tuple(p + lr * g for p, g in zip(parameters, gradients))
