"""Collects all gradients in a dictionary first and writes them to the nodes at the end."""


def backward(order):
    grads = {id(node): 0.0 for node in order}
    grads[id(order[-1])] = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            grads[id(parent)] += slope * grads[id(node)]
    for node in order[:-1]:
        node.grad += grads[id(node)]
    order[-1].grad = 1.0
