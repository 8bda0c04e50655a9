"""Each node enters your list before its parents are visited. When is the right moment to put a node in?"""


def topological_order(result):
    order = []
    seen = set()

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        order.append(node)
        for parent in node.parents:
            visit(parent)

    visit(result)
    return order
