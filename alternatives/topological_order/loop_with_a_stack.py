"""A loop with a stack of its own in place of the recursion; remembers ids."""


def topological_order(result):
    order, done, stack = [], set(), [(result, False)]
    while stack:
        node, parents_done = stack.pop()
        if id(node) in done:
            continue
        if parents_done:
            done.add(id(node))
            order.append(node)
        else:
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
