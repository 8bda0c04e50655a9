"""It looks as if the gradient is multiplied by the number in the parent. What counts is how fast the node changes with
this parent, and the node remembers that."""


def backward(order):
    order[-1].grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += parent.data * node.grad
