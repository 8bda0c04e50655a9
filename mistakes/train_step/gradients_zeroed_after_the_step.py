"""Your function cleans up after the step. That helps the next step, but what is left from before this one still counts
in it: begin with it."""


def train_step(parameters, loss_of, lr):
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= lr * p.grad
    for p in parameters:
        p.grad = 0.0
    return loss.data
