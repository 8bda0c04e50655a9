"""A runner in this very process: plain `exec`, the real codec, and deaths on command.

A cell or a function that raises `Die(status)` ends as the real runner would report it; `Die("crash")` also kills it.
"""

from __future__ import annotations

import contextlib
import io
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.judge.subject import argument_names
from autograder.protocol import codec
from autograder.sandbox.outcomes import (
    Answerer,
    CallOutcome,
    CellOutcome,
    FetchOutcome,
    FilesOutcome,
    Folder,
    Outcome,
    StudentError,
)


class Die(BaseException):
    """Stands for what stops a runner."""


class FakeRunner:
    """See `autograder.sandbox.client.RunnerClient`."""

    def __init__(self) -> None:
        self.alive = True
        self.namespace: dict[str, Any] = {"__name__": "__main__", "Die": Die}
        self.log: list[tuple[Any, ...]] = []

    def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
        """Run a cell."""
        self.log.append(("execute", source))
        printed = io.StringIO()
        error, status = None, "ok"
        with contextlib.redirect_stdout(printed):
            try:
                exec(compile(source, "Cell In[1]", "exec"), self.namespace)
            except Die as death:
                status = self._end(death)
            except BaseException as caught:
                error, status = _told(caught, source), "error"
        outputs = (
            [{"output_type": "stream", "name": "stdout", "text": printed.getvalue()}] if printed.getvalue() else []
        )
        return CellOutcome(status, error, 0.0, [], outputs, 1)

    def fetch(self, names: Sequence[str], seconds: float) -> FetchOutcome:
        """Values of names."""
        self.log.append(("fetch", *names))
        values, problems = {}, {}
        for name in names:
            if name in self.namespace:
                try:
                    values[name] = codec.encode(self.namespace[name], max_bytes=1_000_000)
                except codec.TooLarge as error:
                    problems[name] = f"{error}."
        return FetchOutcome("ok", None, 0.0, [], values, problems)

    def use(self, args: bytes, seconds: float, random: bytes = b"") -> CallOutcome:
        """Nothing is kept here."""
        raise NotImplementedError

    def files(self, seconds: float) -> FilesOutcome:
        """There is no folder."""
        return FilesOutcome("ok")

    def hear(self, answer: Answerer) -> None:
        """Nothing is asked from here."""

    def call(
        self, name: str, args: bytes, seconds: float, random: bytes = b"", folder: Folder | None = None
    ) -> CallOutcome:
        """Call a function."""
        self.log.append(("call", name))
        positional, named = codec.decode(args)
        before = [codec.encode(value) for value in positional]
        outcome = CallOutcome("ok")
        try:
            outcome.value = codec.encode(self.namespace[name](*positional, **named))
        except Die as death:
            outcome.status = self._end(death)
        except BaseException as caught:
            outcome.status, outcome.error = "error", _told(caught, "")
        names = argument_names(self.namespace.get(name), len(positional), named)
        outcome.changed = [
            argument
            for argument, value, old in zip(names, positional, before, strict=False)
            if codec.encode(value) != old
        ]
        return outcome

    def provide(
        self,
        functions: Mapping[str, str],
        values: Mapping[str, bytes],
        answer: Answerer,
        seconds: float,
        restored: Sequence[str] = (),
        gone: Sequence[str] = (),
        boxes: Mapping[bytes, bytes] | None = None,
    ) -> Outcome:
        """Bind names to values, and to functions that ask the other side."""
        self.log.append(("provide", *functions, *values))
        self.namespace |= {name: codec.decode(data) for name, data in values.items()}
        self.namespace |= {name: _asking(name, answer) for name in functions}
        return Outcome("ok")

    def close(self) -> None:
        """End it."""
        self.alive = False

    def _end(self, death: Die) -> str:
        status = str(death)
        self.alive = self.alive and status not in ("crash", "memory")
        return status


def _asking(name: str, answer: Answerer) -> Any:
    def ask(*args: Any, **kwargs: Any) -> Any:
        outcome = answer(name, codec.encode((args, kwargs)))
        if outcome.error is not None:
            raise RuntimeError(outcome.error.message)
        return codec.decode(outcome.value or b"")

    return ask


def _told(error: BaseException, source: str) -> StudentError:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("Cell In[")]
    lines = source.splitlines()
    line = lines[frames[-1].lineno - 1].strip() if frames and lines and frames[-1].lineno else "the line"
    places = [f"{frame.filename}, line {frame.lineno}" for frame in frames]
    names = [base.__name__ for base in type(error).__mro__]
    return StudentError(names[0], names, str(error), "\n".join([*places, f"{names[0]}: {error}"]), line)
