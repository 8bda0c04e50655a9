"""Your function returns None. The step is done, but whoever watches the training wants to see the loss."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= lr * p.grad
