"""An answer as the operators see it: its places, and what may be said about them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from autograder.error_model.tree import Slot
from autograder.error_model.vocabulary import Vocabulary
from autograder.notebook.names import UNPARSABLE, plain_python

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Edit:
    """One change of an answer.

    Attributes:
        name: of the operator and what it touched, readable; unique once `generate` has numbered it.
        replacements: places and what is to stand there.
        sentence: what a student reads whose answer behaves like this.
        weight: how likely it is beside others.
    """

    name: str
    replacements: tuple[tuple[Slot, ast.AST], ...]
    sentence: str
    weight: float = 1.0

    @property
    def keys(self) -> frozenset[tuple[int, str, int | None]]:
        """Its places."""
        return frozenset(slot.key for slot, _ in self.replacements)


@dataclass(frozen=True)
class Code:
    """An answer cell, parsed, without docstrings and annotations.

    Attributes:
        tree: its statements.
        names: those that the exercise asks for.
        vocabulary: what other names mean.
    """

    tree: ast.Module
    names: frozenset[str]
    vocabulary: Vocabulary

    def text(self) -> str:
        """The cell as it stands in the tree now."""
        return ast.unparse(self.tree)

    @cached_property
    def places(self) -> list[Place]:
        """Every place in it, in the order of the text."""
        return list(self._below(self.tree, ()))

    def _below(self, node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[Place]:
        for name, value in ast.iter_fields(node):
            members = enumerate(value) if isinstance(value, list) else [(None, value)]
            for index, child in members:
                if isinstance(child, ast.AST) and not isinstance(child, (ast.expr_context, ast.operator, ast.unaryop)):
                    yield Place(self, Slot(node, name, index), child, (*above, node))
                    yield from self._below(child, (*above, node))


@dataclass(frozen=True)
class Place:
    """A node of an answer, and where it hangs.

    Attributes:
        code: the answer.
        slot: the place in the tree.
        node: what stands there.
        above: its ancestors, the whole cell first.
    """

    code: Code
    slot: Slot
    node: ast.AST
    above: tuple[ast.AST, ...]

    @cached_property
    def function(self) -> Function | None:
        """The innermost function around it, itself left out."""
        return next((node for node in reversed(self.above) if isinstance(node, Function)), None)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Those of the function around it."""
        return () if self.function is None else parameters(self.function)

    @cached_property
    def part(self) -> str:
        """The result that it helps to compute, if the student knows it by name; otherwise ""."""
        for node in (*reversed(self.above), self.node):
            targets = node.targets if isinstance(node, ast.Assign) else ()
            if len(targets) == 1 and isinstance(targets[0], ast.Name):
                name = targets[0].id
                return name if self.is_known(name) and name not in self.parameters else ""
        return ""

    def is_known(self, name: str) -> bool:
        """Whether a student who wrote other code knows this name too."""
        vocabulary = self.code.vocabulary
        return (
            name in self.parameters
            or name in self.code.names
            or name in vocabulary.words
            or name in vocabulary.functions
            or name in vocabulary.values
        )

    def change(self, operator: str, new: ast.AST, body: str, weight: float = 1.0, what: str = "") -> Edit:
        """An edit that puts `new` here.

        Args:
            operator: its name.
            new: what is to stand here.
            body: the sentence; its first letter small unless it is a name, so that the place can be told before it.
            weight: see `Edit`.
            what: what it touched, for the name.
        """
        return Edit(_named(operator, self.part, what), ((self.slot, new),), self.said(body), weight)

    def said(self, body: str) -> str:
        """The sentence with the place before it."""
        return f"In `{self.part}`, {body}" if self.part else body[:1].upper() + body[1:]


def _named(operator: str, *parts: str) -> str:
    return "-".join(filter(None, (operator, *parts)))


def parameters(function: Function) -> tuple[str, ...]:
    """The names of a function's parameters, in order."""
    arguments = function.args
    return tuple(one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))


def read(answer: str, names: frozenset[str], vocabulary: Vocabulary) -> Code | None:
    """An answer cell as the operators need it; None if it cannot be parsed."""
    try:
        tree = ast.parse(plain_python(answer))
    except UNPARSABLE:
        return None
    for node in ast.walk(tree):
        if isinstance(node, Function) or isinstance(node, ast.ClassDef):
            _strip(node)
    return Code(ast.fix_missing_locations(_Plain().visit(tree)), names, vocabulary)


def _strip(node: Function | ast.ClassDef) -> None:
    if ast.get_docstring(node, clean=False) is not None:
        node.body = node.body[1:] or [ast.Pass()]


class _Plain(ast.NodeTransformer):
    """Annotations say nothing about behaviour, and would only be mutated."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None or not node.simple:
            return node
        return ast.Assign([node.target], self.visit(node.value))
