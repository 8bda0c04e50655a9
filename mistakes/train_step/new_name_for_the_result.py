"""The new number gets a name inside the loop, but the parameter itself keeps the old one: store it where the parameter
keeps its number."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p = p.data - lr * p.grad
    return loss.data
