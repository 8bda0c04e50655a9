"""Counts indices down from the end, and returns the gradients besides."""


def backward(order):
    order[-1].grad = 1
    for i in range(len(order) - 1, -1, -1):
        node = order[i]
        for k in range(len(node.parents)):
            node.parents[k].grad = node.parents[k].grad + node.grad * node.slopes[k]
    return [node.grad for node in order]
