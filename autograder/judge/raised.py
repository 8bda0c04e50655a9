"""Exceptions that a test sees when a student's code raised, or did what a test must not overlook."""

from __future__ import annotations

import builtins
from functools import lru_cache
from typing import Any

from autograder.sandbox.outcomes import StudentError

_BUILTIN_FAMILIES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    ReferenceError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""Exceptions that reach a test as what they are. StopIteration and its like would end a loop of the test as if all
were well, SystemExit and skips the test itself: they arrive as a RuntimeError."""


class StudentRaised(Exception):
    """A student's function raised; every such exception is also one of the builtin types."""

    raised: StudentError
    function: str


class ArgumentChanged(AssertionError):
    """A student's function changed what it was given."""


def student_exception(raised: StudentError, function: str) -> Exception:
    """The exception that a test sees when a student's function raised."""
    error: Any = _exception_type(raised.type_name, tuple(raised.mro))(raised.message)
    error.raised, error.function = raised, function
    return error  # type: ignore[no-any-return]


@lru_cache(maxsize=256)
def _exception_type(name: str, mro: tuple[str, ...]) -> type[Exception]:
    for base_name in (name, *mro):
        base = getattr(builtins, base_name, None)
        if not isinstance(base, type) or not issubclass(base, _BUILTIN_FAMILIES):
            continue
        if issubclass(base, UnicodeError):
            base = UnicodeError  # its subclasses need more than a message
        return type(base.__name__, (StudentRaised, base), {"__module__": "builtins"})
    return type("RuntimeError", (StudentRaised, RuntimeError), {"__module__": "builtins"})
