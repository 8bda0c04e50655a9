"""The learning rate seems to be a fixed number in your function. Use the one that it is given."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= 0.1 * p.grad
    return loss.data
