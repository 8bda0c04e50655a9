"""The gradients are set to 0 when they have just been computed, so nothing moves. At which moment do the old ones have
to go?"""


def train_step(parameters, loss_of, lr):
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.grad = 0.0
    for p in parameters:
        p.data -= lr * p.grad
    return loss.data
