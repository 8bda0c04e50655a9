"""Gives each node a depth, the longest way to a leaf, and sorts by it."""


def topological_order(result):
    depths = {}

    def depth(node):
        if node not in depths:
            depths[node] = 1 + max((depth(parent) for parent in node.parents), default=0)
        return depths[node]

    depth(result)
    return sorted(depths, key=depths.get)
