"""Code that counts its own steps, so that an answer which never ends is stopped at the same place on every machine.

Every function call, every turn of a loop and every element of a comprehension counts as one step. The count stands
outside of every `try` in the answer, so no `except` can hold on to it: whatever it catches, the next turn stops again.
"""

from __future__ import annotations

import ast
import linecache
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import CodeType
from typing import Any

from autograder.notebook.names import cell_tree

STEP, STEPS = "__step__", "__steps__"
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")  # fields that hold statements, or what holds some
_FOR = re.compile(r"\bfor\b")


class OutOfSteps(BaseException):
    """The answer was stopped: it took more steps than allowed."""


class StepCounter:
    """Counts the steps of everything that was compiled by `compiled` and runs in one namespace.

    Attributes:
        taken: steps since the count was last set to 0.
        allowed: how many may be taken; None for as many as there are.
    """

    def __init__(self) -> None:
        self.taken = 0
        self.allowed: int | None = None

    @property
    def exhausted(self) -> bool:
        """Whether more steps were taken than allowed, even if the answer caught what should have stopped it."""
        return self.allowed is not None and self.taken > self.allowed

    def install(self, namespace: dict[str, Any]) -> None:
        """Let the code of a namespace count here."""
        namespace[STEP], namespace[STEPS] = self.step, self.steps

    def step(self) -> None:
        """Count one step.

        Raises:
            OutOfSteps: it is one too many.
        """
        self.taken += 1
        if self.allowed is not None and self.taken > self.allowed:
            raise OutOfSteps

    def steps(self, items: Iterable[Any]) -> Iterator[Any]:
        """The same items, one step each."""
        for item in items:
            self.step()
            yield item


@lru_cache(maxsize=2048)
def compiled(text: str, findable: bool = False) -> CodeType:
    """A cell's code that counts its steps; magic and shell lines do nothing.

    Args:
        text: the cell.
        findable: whether `inspect.getsource` finds the text of what it defines.

    Raises:
        SyntaxError: the text is no Python.
    """
    tree = cell_tree(text)
    for node in list(_counted(tree, text)):
        if isinstance(node, (ast.For, ast.While)):
            node.body.insert(0, _step_at(node))
        elif isinstance(node, ast.FunctionDef):
            node.body.insert(ast.get_docstring(node, clean=False) is not None, _step_at(node))
        elif isinstance(node, ast.comprehension) and not node.is_async:
            name = ast.copy_location(ast.Name(STEPS, ast.Load()), node.iter)
            node.iter = ast.copy_location(ast.Call(name, [node.iter], []), node.iter)
    filename = "<trusted>"
    if findable:
        filename = f"<trusted {zlib.crc32(text.encode())}>"
        linecache.cache[filename] = len(text), None, text.splitlines(keepends=True), filename
    return compile(tree, filename, "exec")


def _counted(tree: ast.Module, text: str) -> Iterator[ast.AST]:
    """The nodes of a cell, expressions left out if there is no comprehension among them, which saves most of them."""
    statements: list[ast.AST] = [tree]
    for node in statements:
        for name in _BLOCKS:
            statements += getattr(node, name, ())
    loops = sum(isinstance(node, (ast.For, ast.AsyncFor)) for node in statements)
    return iter(statements) if len(_FOR.findall(text)) == loops else ast.walk(tree)


def _step_at(node: ast.stmt) -> ast.stmt:
    name = ast.copy_location(ast.Name(STEP, ast.Load()), node)
    return ast.copy_location(ast.Expr(ast.copy_location(ast.Call(name, [], []), node)), node)
