"""Your function follows only the first parent of each node. A sum and a product have two, and both belong to the
graph."""


def topological_order(result):
    order = []
    seen = set()

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        if node.parents:
            visit(node.parents[0])
        order.append(node)

    visit(result)
    return order
