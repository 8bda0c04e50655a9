"""The other side of a call: what a test needs of a student's runner, and the same for trusted code in this process.

The reference and the catalogued mistakes answer through `TrustedSubject`, by the same codec and with the same watch
over arguments as a student's runner, so that their results can be compared with the student's.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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


NOTEBOOK = "__main__."
"""Before a name of the notebook's that has another meaning only while the student's functions run."""


@dataclass(frozen=True)
class Meanings:
    """What a test makes of names, its own and others'.

    A dotted name is an attribute of a library, or, after `NOTEBOOK`, a name of the notebook's: it has its new meaning
    only while the student's functions run. Other names keep what they are given.

    Attributes:
        values: name -> encoded value.
        functions: name -> function of the test's.
        gone: dotted names that are deleted.
        restored: dotted names that mean again what they did.
    """

    values: Mapping[str, bytes] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.functions or self.gone or self.restored)


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

    def bind(self, meanings: Meanings) -> None:
        """Give names other meanings, as a test does that sets what an answer reads, or forbids a function.

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
        replaced: name -> what a test has made of it, and whether it has deleted it.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.replaced: dict[str, tuple[Any, bool]] = {}
        self.known: dict[tuple[str, bytes], Called] = {}
        self.seconds: dict[tuple[str, bytes], float] = {}

    def begin(self, seconds: float) -> None:
        """Trusted code is not timed."""

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """See `Subject.fetch`."""
        return {name: codec.encode(self.namespace[name]) for name in names if name in self.namespace}

    def bind(self, meanings: Meanings) -> None:
        """See `Subject.bind`. What a test does to a library is done already: it is the same process."""
        for name in (*meanings.values, *meanings.functions, *meanings.gone, *meanings.restored):
            own = name.removeprefix(NOTEBOOK)
            if own != name:
                self.replaced.pop(own, None)
            if "." in own or name in meanings.restored:
                continue
            value = codec.decode(meanings.values[name]) if name in meanings.values else meanings.functions.get(name)
            if own != name:
                self.replaced[own] = value, name in meanings.gone
            else:
                self.namespace[own] = value
        self.known.clear()

    @contextmanager
    def _as_replaced(self) -> Iterator[None]:
        """Let the notebook's names mean in the body what a test has made of them."""
        before = {name: self.namespace[name] for name in self.replaced if name in self.namespace}
        for name, (value, gone) in self.replaced.items():
            self.namespace.pop(name, None) if gone else self.namespace.update({name: value})
        try:
            yield
        finally:
            for name in self.replaced:
                self.namespace.pop(name, None)
            self.namespace.update(before)

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
            if self.replaced:
                with self._as_replaced():
                    result = function(*args, **kwargs)
            else:
                result = function(*args, **kwargs)
            value = codec.encode(result)
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
