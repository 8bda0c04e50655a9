"""Each parameter moves in the direction of its gradient, and that is uphill: the loss grows."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data += lr * p.grad
    return loss.data
