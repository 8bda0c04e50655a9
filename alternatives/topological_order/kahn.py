"""Counts how often each node is used, takes a node when all that use it are taken, and reverses the list."""

from collections import deque


def topological_order(result):
    uses, waiting, met = {}, [result], {result}
    while waiting:
        node = waiting.pop()
        for parent in node.parents:
            uses[parent] = uses.get(parent, 0) + 1
            if parent not in met:
                met.add(parent)
                waiting.append(parent)
    order, ready = deque(), [result]
    while ready:
        node = ready.pop()
        order.appendleft(node)
        for parent in node.parents:
            uses[parent] -= 1
            if uses[parent] == 0:
                ready.append(parent)
    return list(order)
