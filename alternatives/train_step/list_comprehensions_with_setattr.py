"""Everything in one-liners."""


def train_step(parameters, loss_of, lr):
    [setattr(p, "grad", 0.0) for p in parameters]
    loss = loss_of(parameters)
    loss.backward()
    [setattr(p, "data", p.data - lr * p.grad) for p in parameters]
    return loss.data
