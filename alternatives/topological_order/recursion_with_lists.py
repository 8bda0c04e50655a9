"""Each call returns a list, and these are joined."""


def topological_order(result, seen=None):
    seen = set() if seen is None else seen
    seen.add(result)
    before = []
    for parent in result.parents:
        if parent not in seen:
            before += topological_order(parent, seen)
    return before + [result]
