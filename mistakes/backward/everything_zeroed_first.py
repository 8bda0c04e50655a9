"""Your function sets all gradients to 0 first. The task says that it adds to what is there: whoever wants to start from
0 does that before."""


def backward(order):
    for node in order:
        node.grad = 0.0
    order[-1].grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
