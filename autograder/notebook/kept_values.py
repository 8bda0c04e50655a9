"""Tests that change a value which they handed over or got, and ask again: whether an object keeps a list of its own.

What crosses to the judge is a copy, so from outside every object keeps its own. Such a test has to pass beside the
student's code as well.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from autograder.notebook.names import UNPARSABLE

_CHANGING = frozenset(
    {"append", "extend", "insert", "remove", "pop", "popitem", "clear", "update", "add", "discard", "setdefault"}
    | {"fill", "appendleft", "popleft", "sort", "reverse", "drop"}
)


def asks_for_kept_values(code: str, students: Collection[str]) -> bool:
    """Whether a test may tell a value that is kept from a copy of it.

    Args:
        code: the test, plain Python.
        students: names that are the student's.
    """
    try:
        tree = ast.parse(code)
    except UNPARSABLE:
        return False
    theirs, crossed, changed = set(students), set[str](), set[str]()
    for node in _in_order(tree):
        asked = _asked(node, theirs)
        if asked is not None and changed - asked:
            return True
        if asked is not None:
            crossed |= asked
        if isinstance(node, ast.Assign) and any(_root(part) in theirs for part in ast.walk(node.value)):
            made = {part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)}
            crossed |= made
            theirs |= made
        changed |= _changed(node) & crossed
    return False


def _in_order(tree: ast.Module) -> Iterator[ast.AST]:
    """All nodes, line by line; within a line, a part comes before what it is part of."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.stmt, ast.expr))][::-1]
    yield from sorted(nodes, key=lambda node: (_own_end(node), node.lineno))


def _own_end(node: ast.stmt | ast.expr) -> int:
    body = getattr(node, "body", None)
    return node.lineno if isinstance(body, list) else node.end_lineno or node.lineno


def _asked(node: ast.AST, theirs: Collection[str]) -> set[str] | None:
    """Names that are handed over where something of the student's is asked; None where nothing is."""
    if isinstance(node, ast.Call) and _root(node.func) in theirs:
        given = (*node.args, *(keyword.value for keyword in node.keywords))
        return {part.id for one in given for part in ast.walk(one) if isinstance(part, ast.Name)}
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and _root(node) in theirs:
        return {name for name in (_root(node),) if name}
    return None


def _changed(node: ast.AST) -> set[str]:
    """The name whose value is changed in place."""
    found: ast.AST | None = None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGING:
        found = node.func.value
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
        found = node.value
    elif isinstance(node, ast.AugAssign):
        found = node.target
    while isinstance(found, ast.Subscript):
        found = found.value
    return {found.id} if isinstance(found, ast.Name) else set()


def _root(node: ast.AST) -> str | None:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None
