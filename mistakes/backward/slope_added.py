"""Slope and gradient seem to be added along the path. Along one path the chain rule multiplies; only different paths
are added."""


def backward(order):
    order[-1].grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope + node.grad
