"""Your list ends after one step back: the parents of the parents are missing. The same has to happen to each parent,
and to its parents, until there are none."""


def topological_order(result):
    return [*dict.fromkeys(result.parents), result]
