"""The gradients are set to 0 after the forward pass, right before the way back; the loss is rounded by nothing but
float."""


def train_step(parameters, loss_of, lr):
    loss = loss_of(parameters)
    for parameter in parameters:
        parameter.grad = 0
    loss.backward()
    for parameter in parameters:
        parameter.data = parameter.data - lr * parameter.grad
    return float(loss.data)
