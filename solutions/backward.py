"""Lab 06, exercise `backward`: the gradient of the last node with respect to every node."""

from labs.given import Node


def backward(order: list[Node]) -> None:
    """Send the gradient from the last node back to all others.

    Args:
        order: the nodes of a graph, every node after all its parents. The gradient of the last one becomes 1. What
            comes back to the others is added to the gradients that they have.
    """
    order[-1].grad = 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            parent.grad += slope * node.grad
