"""Nodes without parents are missing in your list. They are the parameters and the inputs, and it is their gradients
that we are after."""


def topological_order(result):
    order = []
    seen = set()

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        for parent in node.parents:
            visit(parent)
        if node.parents:
            order.append(node)

    visit(result)
    return order
