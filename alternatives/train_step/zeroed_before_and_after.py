"""Sets the gradients to 0 at the beginning and once more at the end."""


def zero(parameters):
    for p in parameters:
        p.grad = 0.0


def train_step(parameters, loss_of, lr):
    zero(parameters)
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= p.grad * lr
    zero(parameters)
    return loss.data
