"""Every node seems to start with the gradient of the last one. Only for the last node it is known beforehand; all
others get theirs from their children."""


def backward(order):
    for node in order:
        node.grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
