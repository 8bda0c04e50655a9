"""The last node, the one that your function is given, is missing in your list. The way back begins there."""


def topological_order(result):
    order = []
    seen = set()

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        for parent in node.parents:
            visit(parent)
        order.append(node)

    visit(result)
    return order[:-1]
