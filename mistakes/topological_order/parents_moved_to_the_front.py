"""Each parent seems to be put at the front of the list when it is first met. If it is needed again by a node further in
front, it has to move there, too."""


def topological_order(result):
    order = [result]

    def visit(node):
        for parent in node.parents:
            if parent not in order:
                order.insert(0, parent)
                visit(parent)

    visit(result)
    return order
