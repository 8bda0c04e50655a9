"""The list itself serves as the memory."""


def topological_order(result):
    order = []

    def visit(node):
        if node not in order:
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(result)
    return order
