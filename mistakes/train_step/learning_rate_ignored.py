"""The learning rate has no influence on your step: it determines how far the parameters move."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= p.grad
    return loss.data
