"""Goes back node by node and asks all later nodes whether they were made from it."""


def backward(order):
    last = order[-1]
    last.grad = 1.0
    for i in reversed(range(len(order) - 1)):
        node = order[i]
        for child in order[i + 1 :]:
            node.grad += sum(s * child.grad for p, s in zip(child.parents, child.slopes) if p is node)
