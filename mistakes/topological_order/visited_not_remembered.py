"""Nodes that are used more than once stand in your list more than once. Remember which nodes you have visited already,
and do nothing if you meet one of them again."""


def topological_order(result):
    order = []

    def visit(node):
        for parent in node.parents:
            visit(parent)
        order.append(node)

    visit(result)
    return order
