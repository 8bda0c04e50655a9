"""Your function takes two steps in one call. Asked for is one: whoever wants more calls it more often."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= lr * p.grad
    for p in parameters:
        p.grad = 0.0
    loss_of(parameters).backward()
    for p in parameters:
        p.data -= lr * p.grad
    return loss.data
