"""Visits the parents from the last to the first, and returns a tuple."""


def topological_order(result):
    order = {}

    def visit(node):
        if node not in order:
            for parent in reversed(node.parents):
                visit(parent)
            order[node] = True

    visit(result)
    return tuple(order)
