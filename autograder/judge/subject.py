"""The other side of a call: what a test needs of a student's runner, and the same for trusted code in this process.

The reference and the catalogued mistakes answer through `TrustedSubject`, by the same codec and with the same watch
over arguments as a student's runner, so that their results can be compared with the student's.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.sandbox.outcomes import CallOutcome, StudentError


@dataclass(frozen=True)
class Called:
    """What came of one call.

    Attributes:
        value: the encoded result; None if it raised.
        raised: the exception, if it raised one.
        changed: names of the arguments that the call changed.
    """

    value: bytes | None = None
    raised: StudentError | None = None
    changed: tuple[str, ...] = ()


class Stopped(BaseException):
    """Ends a test with a verdict of its own: the student's code was stopped, or cannot be run."""

    def __init__(self, verdict: Verdict, sentence: str) -> None:
        super().__init__(sentence)
        self.verdict = verdict
        self.sentence = sentence


class Subject(Protocol):
    """Where a test's free names live."""

    def begin(self, seconds: float) -> None:
        """A test starts: all its calls together may take this long."""

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """The encoded values of those names that are defined.

        Raises:
            Stopped: with the verdict of the test.
        """

    def bind(
        self,
        values: Mapping[str, bytes],
        functions: Mapping[str, Callable[..., Any]] | None = None,
        restored: Sequence[str] = (),
    ) -> None:
        """Give names other meanings, as a test does that sets what an answer reads, or forbids a function.

        Args:
            values: name -> encoded value; a dotted name is an attribute of a library.
            functions: name -> function of the test's.
            restored: dotted names that are to be again what they were.

        Raises:
            Stopped: with the verdict of the test.
        """

    def call(self, name: str, arguments: bytes) -> Called:
        """Call a function with the encoded `(args, kwargs)`.

        Raises:
            Stopped: with the verdict of the test.
        """


class TrustedSubject:
    """Names of trusted code, in this process.

    Attributes:
        namespace: the names.
        known: what each call gave when it was first made.
        seconds: of computing that it took.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.known: dict[tuple[str, bytes], Called] = {}
        self.seconds: dict[tuple[str, bytes], float] = {}

    def begin(self, seconds: float) -> None:
        """Trusted code is not timed."""

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """See `Subject.fetch`."""
        return {name: codec.encode(self.namespace[name]) for name in names if name in self.namespace}

    def bind(
        self,
        values: Mapping[str, bytes],
        functions: Mapping[str, Callable[..., Any]] | None = None,
        restored: Sequence[str] = (),
    ) -> None:
        """See `Subject.bind`. What a test does to a library is done already: it is the same process."""
        self.namespace.update({name: codec.decode(data) for name, data in values.items() if "." not in name})
        self.namespace.update({name: function for name, function in (functions or {}).items() if "." not in name})
        self.known.clear()

    def call(self, name: str, arguments: bytes) -> Called:
        """See `Subject.call`."""
        key = name, arguments
        if key not in self.known:
            started = time.process_time()
            self.known[key] = self.call_anew(name, arguments)
            self.seconds[key] = time.process_time() - started
        return self.known[key]

    def outcome(self, name: str, arguments: bytes) -> CallOutcome:
        """The same for a student's code that asks: nothing is remembered, and arguments are not watched."""
        try:
            args, kwargs = codec.decode(arguments)
            return CallOutcome("ok", value=codec.encode(self.namespace[name](*args, **kwargs)))
        except (Exception, SystemExit) as error:  # odd arguments, above all
            return CallOutcome("error", described(error))

    def call_anew(self, name: str, arguments: bytes) -> Called:
        """The same, without a look at what is known."""
        function = self.namespace.get(name)
        args, kwargs = codec.decode(arguments)
        try:
            if function is None:
                raise NameError(f"name {name!r} is not defined")
            value = codec.encode(function(*args, **kwargs))
        except (Exception, SystemExit) as error:
            return Called(None, described(error))
        if codec.encode((args, kwargs)) == arguments:
            return Called(value)
        after = [codec.encode(value) for value in (*args, *kwargs.values())]
        args, kwargs = codec.decode(arguments)
        before = [codec.encode(value) for value in (*args, *kwargs.values())]
        names = argument_names(function, len(args), kwargs)
        return Called(
            value, None, tuple(name for name, old, new in zip(names, before, after, strict=True) if old != new)
        )


def described(error: BaseException) -> StudentError:
    """An exception as the runner would report it, without its traceback."""
    kinds = [base.__name__ for base in type(error).__mro__]
    return StudentError(kinds[0], kinds, str(error), "")


def argument_names(function: Any, count: int, kwargs: Iterable[str]) -> list[str]:
    """A name for each argument of a call: the parameter's, or else its position."""
    try:
        parameters = [p.name for p in inspect.signature(function).parameters.values() if p.kind < p.VAR_POSITIONAL]
    except (TypeError, ValueError):
        parameters = []
    positional = [parameters[i] if i < len(parameters) else f"argument {i + 1}" for i in range(count)]
    return [*positional, *kwargs]
