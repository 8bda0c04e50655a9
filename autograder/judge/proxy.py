"""Stand-ins for a student's functions: called by a test, they answer from the other side of the boundary."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from autograder.judge import messages
from autograder.judge.subject import Called, Stopped, Subject
from autograder.protocol import codec
from autograder.protocol.signatures import parse_signature
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


@dataclass
class Calls:
    """What the calls of one test came to.

    Attributes:
        side: where the functions live.
        made: every call with its outcome, as (name, encoded arguments, outcome).
        stopped: the first outcome that ends the test, whatever the test makes of it.
        changed: the sentence about the first changed argument; it fails the test, whatever the test makes of it.
    """

    subject: Subject
    made: list[tuple[str, bytes, Called]] = field(default_factory=list)
    stopped: Stopped | None = None
    changed: str | None = None


class Proxy:
    """Looks like the student's function to a test."""

    def __init__(self, name: str, told: codec.Function, calls: Calls) -> None:
        self.__name__ = self.__qualname__ = name
        self.__doc__ = None
        self.__module__ = "__main__"
        self._calls = calls
        if signature := parse_signature(told.signature):
            self.__signature__ = signature

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function with copies of the arguments.

        Raises:
            StudentRaised: the function raised; the exception has the builtin type that fits best.
            ArgumentChanged: the function changed an argument.
            Stopped: the function was stopped.
        """
        calls = self._calls
        if calls.stopped:
            raise calls.stopped
        arguments = codec.encode((args, kwargs))
        try:
            outcome = calls.subject.call(self.__name__, arguments)
        except Stopped as stopped:
            calls.stopped = stopped
            raise
        calls.made.append((self.__name__, arguments, outcome))
        if outcome.changed:
            sentence = messages.changed(self.__name__, outcome.changed)
            calls.changed = calls.changed or sentence
            raise ArgumentChanged(sentence)
        if outcome.raised:
            raise student_exception(outcome.raised, self.__name__)
        try:
            return codec.decode(outcome.value or b"")
        except codec.CodecError:
            raise student_exception(StudentError("RuntimeError", [], messages.UNREADABLE, ""), self.__name__) from None


Proxy.__name__ = Proxy.__qualname__ = "function"  # a test may tell the student what type it found


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
