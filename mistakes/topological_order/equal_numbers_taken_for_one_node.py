"""Two nodes with the same number seem to count as one node. Remember the nodes themselves, not the numbers that they
hold."""


def topological_order(result):
    order = []
    seen = set()

    def visit(node):
        if node.data in seen:
            return
        seen.add(node.data)
        for parent in node.parents:
            visit(parent)
        order.append(node)

    visit(result)
    return order
