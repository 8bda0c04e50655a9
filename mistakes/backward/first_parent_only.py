"""Only the first parent of each node gets a share. A sum and a product have two parents, and each has a slope of its
own."""


def backward(order):
    order[-1].grad = 1.0
    for node in reversed(order):
        if node.parents:
            node.parents[0].grad += node.slopes[0] * node.grad
