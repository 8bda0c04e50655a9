"""The gradient arrives at the parents as it left the child: the chain rule multiplies it by the slope of the arrow on
each step."""


def backward(order):
    order[-1].grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += node.grad
