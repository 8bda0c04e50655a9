"""The slope of the last arrow is there, but what has come back to the node before is lost: the chain rule multiplies
the slopes along the whole path."""


def backward(order):
    order[-1].grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope
