"""It looks as if you walk back layer by layer and reverse the list. A node that is used early and late is then met too
soon: it must come before all that is made from it, not only before the first."""


def topological_order(result):
    order = [result]
    for node in order:
        for parent in node.parents:
            if parent not in order:
                order.append(parent)
    return order[::-1]
