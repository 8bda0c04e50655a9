"""The gradient of the last node grows with each call. Whatever it was before, the derivative of a node with respect to
itself is always the same number."""


def backward(order):
    order[-1].grad += 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
