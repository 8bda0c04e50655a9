"""The gradients of earlier steps are still there, and the new ones are added to them. What has to happen to them before
the way back?"""


def train_step(parameters, loss_of, lr):
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= lr * p.grad
    return loss.data
