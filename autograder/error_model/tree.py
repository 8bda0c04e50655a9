"""The tree of an answer cell: where a node hangs, how another one is put in its place, how new ones are written."""

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


Replacements = tuple[tuple[Slot, ast.AST], ...]


def block(*statements: ast.AST) -> ast.Module:
    """Several statements in the place of one. `ast.unparse` writes a module inside a body line by line."""
    return ast.Module(list(statements) or [ast.Pass()], [])  # type: ignore[arg-type]


def assign(targets: list[ast.expr], value: ast.expr) -> ast.Assign:
    """An assignment. `ast.unparse` looks for type comments by line, so it needs a line."""
    return ast.Assign(targets, value, lineno=0)


def loop(target: ast.expr, iterated: ast.expr, body: Sequence[ast.stmt | ast.Module]) -> ast.For:
    """A for loop; blocks may stand among its statements."""
    return ast.For(target, iterated, list(body), [], lineno=0)  # type: ignore[arg-type]


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


def expression(text: str, /, **filled: ast.AST) -> ast.expr:
    """The expression that a text stands for, with nodes in the place of some of its names."""
    tree = _Fill(filled).visit(ast.parse(text, mode="eval").body)
    assert isinstance(tree, ast.expr)
    return tree


def statements(text: str, /, **filled: ast.AST) -> list[ast.stmt]:
    """The same for statements. A name that is a whole line is filled by a statement."""
    tree = _Fill(filled).visit(ast.parse(text))
    body: list[ast.stmt] = tree.body
    return body


class _Fill(ast.NodeTransformer):
    def __init__(self, filled: dict[str, ast.AST]) -> None:
        self.filled = filled

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self.filled.get(node.id, node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Name) and isinstance(self.filled.get(node.value.id), (ast.stmt, ast.Module)):
            return self.filled[node.value.id]
        return self.generic_visit(node)


def replacing_name(tree: ast.expr, name: str, value: ast.expr) -> ast.expr:
    """A copy of an expression with another one in the place of a name."""
    return expression(ast.unparse(tree), **{name: value})


def names_read(node: ast.AST) -> set[str]:
    """Names that a node reads."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}


def names_stored(node: ast.AST) -> set[str]:
    """Names that a node assigns to."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
