"""Of a node that is used more than once, only one path counts: each new contribution replaces the one before. What
should happen to contributions that arrive along several paths?"""


def backward(order):
    order[-1].grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad = slope * node.grad
