"""Lab 06, exercise `topological_order`: all nodes of a graph, parents before their children."""

from labs.given import Node


def topological_order(result: Node) -> list[Node]:
    """All nodes that a node was made from, directly or indirectly, and the node itself.

    Args:
        result: the last node of the graph.

    Returns:
        each node once, every node after all its parents; so `result` comes last.
    """
    order: list[Node] = []
    seen = set()

    def visit(node: Node) -> None:
        if node in seen:
            return
        seen.add(node)
        for parent in node.parents:
            visit(parent)
        order.append(node)

    visit(result)
    return order
