"""Your function turns around the list that it was given, and whoever uses it next finds it in the wrong order. Walk
through it from behind and leave it alone."""


def backward(order):
    order[-1].grad = 1.0
    order.reverse()
    for node in order:
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
