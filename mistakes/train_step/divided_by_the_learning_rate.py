"""It looks as if the gradient is divided by the learning rate: then a small learning rate makes a long step."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= p.grad / lr
    return loss.data
