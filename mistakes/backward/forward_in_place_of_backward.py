"""Only the parents of the last node get something, and it goes no further. Do you walk through the list from its
beginning? A node can only send on what it has received already."""


def backward(order):
    order[-1].grad = 1.0
    for node in order:
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
