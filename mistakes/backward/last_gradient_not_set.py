"""All gradients stay as they were, because the way back starts with nothing: what is the derivative of the last node
with respect to itself?"""


def backward(order):
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
