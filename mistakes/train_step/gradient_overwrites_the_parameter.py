"""The step replaces the parameter. It should start from where the parameter is."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data = -lr * p.grad
    return loss.data
