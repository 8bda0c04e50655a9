"""Recursion over the list, with prints."""


def send(node):
    for parent, slope in zip(node.parents, node.slopes):
        parent.grad += slope * node.grad


def backward(order):
    def back_from(i):
        if i >= 0:
            send(order[i])
            back_from(i - 1)

    order[len(order) - 1].grad = 1.0
    back_from(len(order) - 1)
    print("done")
