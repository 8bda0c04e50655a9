"""Takes nodes from the end of a copy until it is empty."""


def backward(order):
    waiting = list(order)
    waiting[-1].grad = 1.0
    while waiting:
        node = waiting.pop()
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += node.grad * slope
