"""The tree of an answer cell: where a node hangs, and how another one is put in its place and taken out again."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """A place in a tree: a field of a node, or one member of a list in that field."""

    parent: ast.AST
    field: str
    index: int | None = None

    @property
    def key(self) -> tuple[int, str, int | None]:
        """The same for the same place."""
        return id(self.parent), self.field, self.index

    def put(self, node: ast.AST) -> None:
        """Let `node` stand here."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node

    def get(self) -> ast.AST:
        """What stands here."""
        found = getattr(self.parent, self.field)
        node: ast.AST = found if self.index is None else found[self.index]
        return node


def block(*statements: ast.stmt) -> ast.Module:
    """Several statements in the place of one. `ast.unparse` writes a module inside a body line by line."""
    return ast.Module(list(statements), [])


@contextmanager
def replaced(replacements: Sequence[tuple[Slot, ast.AST]]) -> Iterator[None]:
    """The tree with other nodes in some places, until the block ends."""
    before = []
    for slot, node in replacements:
        before.append((slot, slot.get()))
        slot.put(node)
    try:
        yield
    finally:
        for slot, node in reversed(before):
            slot.put(node)


def slots(node: ast.AST) -> Iterator[tuple[Slot, ast.AST]]:
    """Every place below a node and what stands there, parents before children, in the order of the text."""
    for name, value in ast.iter_fields(node):
        members = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in members:
            if isinstance(child, ast.AST):
                yield Slot(node, name, index), child
                yield from slots(child)
