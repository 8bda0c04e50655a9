"""It looks as if you walk through the list from its beginning. The gradient starts at the last node, and a node can
only send on what it has received already."""


def backward(order):
    order[-1].grad = 1.0
    for node in order:
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
