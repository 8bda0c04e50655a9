"""The text of an answer and of its changes: what a change leaves as it was is not written again.

A thousand changes of one answer differ in a line each, and `ast.unparse` takes most of the time that making one takes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.tree import Replacements, replaced
from autograder.notebook.names import UNPARSABLE

_LONG_STRINGS = ('"""', "'''")  # which may go on over lines, so that these cannot be moved to the right


class Writing:
    """Writes one tree, always in the same way.

    Args:
        tree: of the whole answer; it may be changed only by `replaced`, and is again as it was when that ends.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self._texts: dict[int, str] = {}
        self._statements = _statements(tree)
        self._owners = {node: statement for statement, nodes in self._statements.items() for node in nodes}

    def text(self) -> str:
        """The whole text."""
        return self._written(frozenset())

    def changed(self, replacements: Replacements) -> str:
        """The whole text with other nodes in some places.

        Raises:
            SyntaxError: it is no Python; as far as that depends on a line, not on what stands around it.
        """
        touched = {one for slot, _ in replacements for one in self._touched(slot.parent, slot.field)}
        with replaced(replacements):
            return self._written(frozenset(touched))

    def _written(self, touched: frozenset[int]) -> str:
        lines: list[str] = []
        try:
            for statement in self.tree.body:
                self._write(statement, "", touched, lines)
        except _OverLines:
            text = ast.unparse(self.tree)
            if touched:
                _check(text)
            return text
        return "\n".join(lines)

    def _write(self, statement: ast.stmt, indent: str, touched: frozenset[int], lines: list[str]) -> None:
        is_open = _is_open(statement)
        if is_open and isinstance(statement, ast.FunctionDef) and lines:
            lines.append("")
        own = self._texts.get(id(statement)) if id(statement) not in touched else None
        if own is None:
            own = _head(statement) if is_open else ast.unparse(statement)
            if any(quotes in own for quotes in _LONG_STRINGS):
                raise _OverLines
            if id(statement) in self._statements and id(statement) not in touched:
                self._texts[id(statement)] = own
            else:
                _check(f"{own} pass" if is_open else own)
        lines += [indent + line for line in own.split("\n")]
        if is_open:
            for inner in statement.body:  # type: ignore[attr-defined]
                self._write(inner, indent + "    ", touched, lines)

    def _touched(self, parent: ast.AST, field: str) -> Iterator[int]:
        """The statement that must be written again when a field of a node changes."""
        if field == "body" and (parent is self.tree or (id(parent) in self._statements and _is_open(parent))):
            return  # what is put there is new, and is written anyway
        yield self._owners[id(parent)]


def _statements(tree: ast.Module) -> dict[int, list[int]]:
    """Each statement that is written by itself, and the nodes that are written with it."""
    found: dict[int, list[int]] = {}
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        statement = waiting.pop()
        inner = statement.body if _is_open(statement) else []  # type: ignore[attr-defined]
        waiting += inner
        found[id(statement)] = [id(node) for node in _below(statement, frozenset(map(id, inner)))]
    return found


class _OverLines(Exception):
    """A string may go on over several lines."""


def _is_open(node: ast.AST) -> bool:
    """Whether a statement is a head and a body, which are written one after the other."""
    if isinstance(node, ast.FunctionDef):
        return not node.decorator_list
    return isinstance(node, (ast.For, ast.While)) and not node.orelse


def _head(statement: ast.stmt) -> str:
    body = statement.body  # type: ignore[attr-defined]
    statement.body = []  # type: ignore[attr-defined]
    try:
        return ast.unparse(statement).strip("\n")
    finally:
        statement.body = body  # type: ignore[attr-defined]


def _below(node: ast.AST, without: frozenset[int]) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if id(child) not in without:
            yield from _below(child, without)


def _check(text: str) -> None:
    try:
        ast.parse(text)
    except UNPARSABLE as error:
        raise SyntaxError(str(error)) from error
