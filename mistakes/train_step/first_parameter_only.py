"""Only the first parameter moves. Each of them has a gradient of its own and takes a step of its own."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    p = parameters[0]
    p.data -= lr * p.grad
    return loss.data
