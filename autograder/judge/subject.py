"""The other side of a call: what a test needs of a student's runner, and the same for trusted code in this process.

The reference and the catalogued mistakes answer through `TrustedSubject`, by the same codec and with the same watch
over arguments as a student's runner, so that their results can be compared with the student's.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol

from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.protocol.aliases import aliases_in
from autograder.protocol.forms import real_path
from autograder.runner.objects import Objects
from autograder.runner.random_states import draw_from, drawing_state
from autograder.sandbox.outcomes import Answerer, CallOutcome, Folder, StudentError


@dataclass(frozen=True)
class Called:
    """What came of one call.

    Attributes:
        value: the encoded result; None if it raised.
        raised: the exception, if it raised one.
        changed: names of the arguments that the call changed.
        after: position or name of each changed argument -> what it is now, encoded; empty where it is too large.
        stdout: what the call printed.
        files: files of the test's folder that the call made or changed, relative path -> content.
        exception: the exception, encoded, if it is not one of Python's own.
        again: number of the exception, if a guest raised it; else 0.
        same: which parts of the value are the arguments' own, encoded, see `autograder.protocol.aliases`.
    """

    value: bytes | None = None
    raised: StudentError | None = None
    changed: tuple[str, ...] = ()
    after: Mapping[str, bytes] = field(default_factory=dict)
    stdout: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    exception: bytes | None = None
    again: int = 0
    same: bytes = b""


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

    @property
    def life(self) -> int:
        """Changes when the objects that lived there are gone."""

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

    def call(self, name: str, arguments: bytes, drawn: bytes = b"", folder: Folder | None = None) -> Called:
        """Call a function with the encoded `(args, kwargs)`.

        Args:
            name: the function's.
            arguments: encoded.
            drawn: encoded states from which random numbers go on; empty for where they are.
            folder: of the test's, which the function may use.

        Raises:
            Stopped: with the verdict of the test.
        """

    def use(self, request: bytes, drawn: bytes, name: str) -> Called:
        """Ask something of an object, see `autograder.runner.objects`.

        Args:
            request: the encoded `(action, object, args, kwargs)`.
            drawn: as in `call`.
            name: for a sentence about it.

        Raises:
            Stopped: with the verdict of the test.
        """

    def hear(self, answer: Answerer) -> None:
        """Answer what is asked of a test's objects from now on."""


class TrustedSubject:
    """Names of trusted code, in this process.

    Attributes:
        namespace: the names.
        known: what each call gave when it was first made.
        repeats: calls of the running test, if the same call may answer otherwise when it is made again.
        seconds: of computing that it took.
        replaced: name -> what a test has made of it, and whether it has deleted it.
    """

    life = 0

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.replaced: dict[str, tuple[Any, bool]] = {}
        self.known: dict[tuple[str, bytes], Called] = {}
        self.seconds: dict[tuple[str, bytes], float] = {}
        self.objects = Objects(self._ask, lambda: self.namespace)
        self.drawn = b""
        self.repeats: set[tuple[str, bytes]] | None = None
        self._answer: Answerer | None = None

    def begin(self, seconds: float) -> None:
        """Trusted code is not timed."""
        self.drawn = b""

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """See `Subject.fetch`."""
        space = self.namespace
        with self.objects.sharing():
            return {name: self._encoded(space[name]) for name in names if name in space}

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

    def call(self, name: str, arguments: bytes, drawn: bytes = b"", folder: Folder | None = None) -> Called:
        """See `Subject.call`; what holds objects, uses files, or draws from a test's own seed, is not remembered."""
        key = name, arguments
        if drawn or self.drawn or folder is not None:
            with self._drawing(drawn):
                return self.call_anew(name, arguments)
        if self.repeats is not None:
            if key in self.repeats:
                return self.call_anew(name, arguments)
            self.repeats.add(key)
        if key not in self.known:
            started, crossed = time.process_time(), self.objects.crossed
            outcome = self.call_anew(name, arguments)
            if self.objects.crossed != crossed:
                return outcome
            self.known[key] = outcome
            self.seconds[key] = time.process_time() - started
        return self.known[key]

    def use(self, request: bytes, drawn: bytes, name: str) -> Called:
        """See `Subject.use`."""
        action, target, args, kwargs = self._decoded(request)
        with self._drawing(drawn):
            return self._perform(action, target, args, kwargs)

    def hear(self, answer: Answerer) -> None:
        """See `Subject.hear`."""
        self._answer = answer

    def _ask(self, name: str, data: bytes) -> dict[str, Any]:
        assert self._answer is not None
        outcome = self._answer(name, data)
        raised = [outcome.error.type_name, outcome.error.message] if outcome.error is not None else []
        return {"value": outcome.value, "raised": raised, "again": outcome.again}

    @contextmanager
    def _drawing(self, drawn: bytes) -> Iterator[None]:
        """Draw as a process of its own would that goes on from a state; the test's own generators do not move."""
        self.drawn = drawn or self.drawn
        if not self.drawn:
            yield
            return
        outer = drawing_state()
        draw_from(self.drawn)
        try:
            yield
        finally:
            self.drawn = drawing_state()
            draw_from(outer)

    def outcome(self, name: str, arguments: bytes) -> CallOutcome:
        """The same for a student's code that asks: nothing is remembered, and arguments are not watched."""
        try:
            args, kwargs = codec.decode(arguments, paths=real_path)
            return CallOutcome("ok", value=codec.encode(self.namespace[name](*args, **kwargs)))
        except (Exception, SystemExit) as error:  # odd arguments, above all
            return CallOutcome("error", described(error))

    def call_anew(self, name: str, arguments: bytes) -> Called:
        """The same, without a look at what is known."""
        made = self.objects.made
        args, kwargs = self._decoded(arguments)
        function = self.namespace.get(name)
        if function is None:
            return Called(None, described(NameError(f"name {name!r} is not defined")))
        again = arguments if self.objects.made == made else b""  # what was made is another object the next time
        return self._perform("call", function, args, kwargs, again)

    def _perform(
        self, action: str, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any], arguments: bytes = b""
    ) -> Called:
        before = [self._encoded(value) for value in (*args, *kwargs.values())] if not arguments else []
        try:
            with self._as_replaced() if self.replaced else nullcontext():
                result = self.objects.perform(action, target, args, kwargs)
            value = self._encoded(result)
            own = aliases_in(result, dict([*enumerate(args), *kwargs.items()]))
            same = codec.encode(own) if own else b""
        except (Exception, SystemExit) as error:
            if type(error).__module__ == "builtins":
                again = error.__dict__.get("autograder_number", 0)
                return Called(None, described(error), again=again)
            return Called(None, described(error), exception=self._encoded(error))
        if arguments and codec.encode((args, kwargs)) == arguments:
            return Called(value, same=same)
        after = [self._encoded(value) for value in (*args, *kwargs.values())]
        keys = [*map(str, range(len(args))), *kwargs]
        if arguments:
            args, kwargs = self._decoded(arguments)
            before = [self._encoded(value) for value in (*args, *kwargs.values())]
        names = argument_names(target, len(args), kwargs)
        different = [position for position, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        changed = tuple(names[position] for position in different)
        return Called(value, None, changed, {keys[position]: after[position] for position in different}, same=same)

    def _encoded(self, value: Any) -> bytes:
        return codec.encode(value, keeper=self.objects)

    def _decoded(self, data: bytes) -> Any:
        return codec.decode(data, keeper=self.objects, paths=real_path)


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
