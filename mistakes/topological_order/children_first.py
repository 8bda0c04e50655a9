"""Your list is in exactly the opposite order: the result comes first. Asked for is an order for the forward pass, with
the parents before what is made from them."""


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
    return order[::-1]
