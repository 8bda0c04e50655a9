"""What a test switches off or replaces in a library: so it is while a function of the student's runs, and only then."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from autograder.runner.conditions import CONDITIONS, under_conditions

RECURSION = "sys.recursionlimit"
"""Stands for how deep calls may nest, which is no attribute."""
GONE = object()
"""In place of the value of an attribute that is not there."""


class Patches:
    """Attributes of modules and classes, by their full names, with the values that they have during a call."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Let them have those values in the body."""
        before: list[tuple[Any, str, Any]] = []
        try:
            for name, value in self.values.items():
                if name in CONDITIONS:
                    continue
                owner, attribute = _owner(name)
                deep = sys.getrecursionlimit() if name == RECURSION else vars(owner).get(attribute, GONE)
                before.append((owner, attribute, deep))
                _set(owner, attribute, value)
            with under_conditions(self.values):
                yield
        finally:
            for owner, attribute, value in reversed(before):
                with suppress(Exception):
                    _set(owner, attribute, value)


def _set(owner: Any, attribute: str, value: Any) -> None:
    if (owner, attribute) == (sys, RECURSION.removeprefix("sys.")):
        sys.setrecursionlimit(value)
    elif value is not GONE:
        setattr(owner, attribute, value)
    elif attribute in vars(owner):
        delattr(owner, attribute)


def _owner(name: str) -> tuple[Any, str]:
    """The module or class that has an attribute, and the attribute's name.

    Raises:
        ImportError: there is no such module here.
        AttributeError: the module has no such class.
    """
    *parts, attribute = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part)
        return found, attribute
    raise ImportError(f"{name} is not here")
