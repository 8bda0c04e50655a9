"""Your list still holds the nodes of earlier calls: it is made only once. Make the list and the memory of visited nodes
anew in each call."""

order = []
seen = set()


def topological_order(result):
    if result not in seen:
        seen.add(result)
        for parent in result.parents:
            topological_order(parent)
        order.append(result)
    return order
