"""Your walk seems to begin one node too late: the last node gets its gradient, but does not send it on to its
parents."""


def backward(order):
    order[-1].grad = 1.0
    for node in reversed(order[:-1]):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
