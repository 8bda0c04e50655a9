"""Your function returns None. The list is made inside the function and has to be handed back at its end."""


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
