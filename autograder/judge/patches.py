"""What a test switches off or replaces in a library, as in `np.cumsum = None`: so it must be where the answer runs."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

from autograder.runner.patches import RECURSION

MISSING = object()
_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_SHOWN = ("sys.stdout", "sys.stderr")
"""What the student's code prints is kept there and shown here, whatever a test puts in their places."""

_SETTERS = ("setattr", "delattr", "object", "multiple")
"""`setattr(np, "sum", ...)`, `monkeypatch.delattr(np, "sum")`, `patch.object(np, "sum")`."""


@dataclass(frozen=True)
class Target:
    """An attribute that a test may replace.

    Attributes:
        owner: full name of the module or class that has it.
        attribute: its name.
    """

    owner: str
    attribute: str

    @property
    def name(self) -> str:
        """Its full name."""
        return f"{self.owner}.{self.attribute}"


class ReplacedAttributes:
    """The attributes that one test may replace, as they were before.

    Args:
        targets: the attributes.
    """

    def __init__(self, targets: Iterable[Target]) -> None:
        self._before: dict[Target, tuple[Any, Any]] = {}  # its owner, and its value there
        for target in targets:
            if (owner := _resolved(target.owner)) is not None:
                self._before[target] = owner, _value(owner, target.attribute)

    def __bool__(self) -> bool:
        return bool(self._before)

    def now(self) -> dict[str, Any]:
        """Full name -> value, of those that are replaced at the moment; `MISSING` for one that was deleted."""
        found = {}
        for target, (owner, before) in self._before.items():
            value = _value(owner, target.attribute)
            if value is not before and not (target.name == RECURSION and value == before):
                found[target.name] = value
        return found

    def undo(self) -> None:
        """Put all back."""
        for target, (owner, before) in self._before.items():
            if _value(owner, target.attribute) is before:
                continue
            if target.name == RECURSION:
                sys.setrecursionlimit(before)
            elif before is MISSING:
                delattr(owner, target.attribute)
            else:
                setattr(owner, target.attribute, before)


@lru_cache(maxsize=1024)
def targets_of(code: str, before: tuple[str, ...] = ()) -> tuple[Target, ...]:
    """The attributes that a test cell may replace.

    Args:
        code: the cell, plain Python.
        before: statements that run before it.
    """
    tree = ast.parse(code)
    modules = {name: module for text in (*before, code) for name, module in _imported(ast.parse(text))}
    found: dict[Target, None] = {}
    for node in ast.walk(tree):
        for path, is_full in _set_by(node):
            root, _, rest = path.partition(".")
            name = path if is_full else f"{modules.get(root, '')}.{rest}"
            owner, _, attribute = name.rpartition(".")
            if owner and not owner.startswith((".", "__main__")) and name not in _SHOWN:
                found[Target(owner, attribute)] = None
    return tuple(found)


def _set_by(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """Dotted names of what a part of a test sets, and whether each is a full name, whatever the test imports."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, (ast.Store, ast.Del)):
        yield ast.unparse(node), False
    elif isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if called == "setrecursionlimit":
            yield RECURSION, True
        elif called in _SETTERS and len(node.args) > 1 and texts:
            yield f"{ast.unparse(node.args[0])}.{texts[0]}", False
        elif called in ("patch", "setattr", "delattr") and texts and _DOTTED.fullmatch(texts[0]):
            yield texts[0], True


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Name -> full name of what it is imported from; a module's own first name stands for itself."""
    yield "builtins", "builtins"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)
                yield top, top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)
            yield node.module.partition(".")[0], node.module.partition(".")[0]


def _resolved(name: str) -> ModuleType | type | None:
    """The module or class of a full name; None if there is none."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            found = getattr(found, part, None)
        return found if isinstance(found, (ModuleType, type)) else None
    return None


def _value(owner: Any, attribute: str) -> Any:
    if (owner, attribute) == (sys, RECURSION.removeprefix("sys.")):
        return sys.getrecursionlimit()
    return inspect.getattr_static(owner, attribute, MISSING)
