"""Your list holds the numbers of the nodes instead of the nodes themselves. The way back needs their parents, slopes
and gradients."""


def topological_order(result):
    order = []
    seen = set()

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        for parent in node.parents:
            visit(parent)
        order.append(node.data)

    visit(result)
    return order
