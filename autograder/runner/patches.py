"""What a test switches off or replaces in a library: so it is while a function of the student's runs, and only then."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_MISSING = object()


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
                owner, attribute = _owner(name)
                before.append((owner, attribute, vars(owner).get(attribute, _MISSING)))
                setattr(owner, attribute, value)
            yield
        finally:
            for owner, attribute, value in reversed(before):
                with suppress(Exception):
                    delattr(owner, attribute) if value is _MISSING else setattr(owner, attribute, value)


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
