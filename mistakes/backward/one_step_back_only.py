"""The gradient goes back one step and stops there: the parents of the last node have theirs, but they do not send it
on."""


def backward(order):
    order[-1].grad = 1.0
    last = order[-1]
    for parent, slope in zip(last.parents, last.slopes):
        parent.grad += slope * last.grad
