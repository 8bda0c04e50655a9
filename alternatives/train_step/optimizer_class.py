"""An optimiser of its own, as libraries have one."""


class Descent:
    def __init__(self, parameters, lr):
        self.parameters, self.lr = parameters, lr

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.0

    def step(self):
        for parameter in self.parameters:
            parameter.data += -self.lr * parameter.grad


def train_step(parameters, loss_of, lr):
    optimizer = Descent(parameters, lr)
    optimizer.zero_grad()
    loss = loss_of(parameters)
    number = loss.data
    loss.backward()
    optimizer.step()
    return number
