"""A student's names, in a runner that may die: a fresh one replays what worked, and grading goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from autograder import codec
from autograder.judge import wording
from autograder.judge.side import Called, Stopped
from autograder.record import Verdict
from autograder.sandbox.outcomes import CallOutcome, CellOutcome, FetchOutcome, Outcome

STOPPING = {
    "timeout": Verdict.TIMEOUT,
    "memory": Verdict.MEMORY,
    "output": Verdict.OUTPUT,
    "crash": Verdict.CRASH,
}
MAX_STARTS = 100

AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


class Runner(Protocol):
    """What the judge needs of `autograder.sandbox.nursery.Runner`."""

    alive: bool

    def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
        """Run one cell."""

    def fetch(self, names: Sequence[str], seconds: float) -> FetchOutcome:
        """Values of names."""

    def call(self, name: str, args: bytes, seconds: float) -> CallOutcome:
        """Call a function."""

    def close(self) -> None:
        """End it."""


class StudentSide:
    """A `Side` whose names live in a student's runner.

    Attributes:
        sightings: what the runner reported, each once, in order.
        problems: name -> why its value could not be handed over when names were last fetched.
    """

    def __init__(self, start_runner: Callable[[], Runner], limits: Mapping[str, Any]) -> None:
        self.start_runner = start_runner
        self.cell_seconds = float(limits["cell_seconds"])
        self.deadline = time.monotonic() + float(limits["total_seconds"])
        self.test_deadline = self.deadline
        self.runner: Runner | None = None
        self.starts = 0
        self.worked: list[str] = []
        self.sightings: list[str] = []
        self.problems: dict[str, str] = {}

    @property
    def alive(self) -> bool:
        """Whether there is a runner that can answer now."""
        return self.runner is not None and self.runner.alive

    @property
    def seconds_left(self) -> float:
        """Of the time for the whole notebook."""
        return self.deadline - time.monotonic()

    def prepare(self) -> None:
        """Have a living runner, so that starting one is not on a test's time.

        Raises:
            Stopped: there is no runner to be had, or no time.
        """
        self._ready()

    def begin(self, seconds: float) -> None:
        """See `Side.begin`."""
        self.test_deadline = min(time.monotonic() + seconds, self.deadline)

    def execute(self, source: str) -> CellOutcome:
        """Run one of the student's cells.

        Raises:
            Stopped: there is no runner, or no time.
        """
        runner = self._ready()
        outcome = self._noted(runner.execute, CellOutcome, source, min(self.cell_seconds, self._time()))
        if outcome.status not in STOPPING:
            self.worked.append(source)
        return outcome

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """See `Side.fetch`."""
        if not names:
            return {}
        runner = self._ready()
        seconds = self._test_time()
        outcome = self._noted(runner.fetch, FetchOutcome, list(names), seconds)
        self._stop(outcome, seconds)
        values = {name: value for name, value in outcome.values.items() if name in names}
        self.problems = dict(outcome.problems)
        for name in self.problems:
            values[name] = codec.encode(codec.Opaque("unreadable value"))
        return values

    def call(self, name: str, arguments: bytes) -> Called:
        """See `Side.call`."""
        runner = self._ready()
        seconds = self._test_time()
        outcome = self._noted(runner.call, CallOutcome, name, arguments, seconds)
        self._stop(outcome, seconds, name)
        if outcome.status == "error":
            return Called(None, outcome.error, tuple(outcome.changed))
        return Called(outcome.value, None, tuple(outcome.changed))

    def drop(self) -> None:
        """End the runner; the next request starts a fresh one."""
        if self.runner is not None:
            try:
                self.runner.close()
            finally:
                self.runner = None

    def _stop(self, outcome: Outcome, seconds: float, function: str | None = None) -> None:
        if (verdict := STOPPING.get(outcome.status)) is not None:
            raise Stopped(verdict, wording.stopped(verdict, max(seconds, 0.1), function))

    def _time(self) -> float:
        left = self.seconds_left
        if left <= 0:
            raise Stopped(Verdict.TIMEOUT, wording.TIME_UP)
        return left

    def _test_time(self) -> float:
        self._time()
        return max(self.test_deadline - time.monotonic(), 0.01)

    def _ready(self) -> Runner:
        """A living runner in which every cell that worked has run."""
        while not self.alive:
            self.drop()
            self._time()
            self._start()
        assert self.runner is not None
        return self.runner

    def _start(self) -> None:
        self.starts += 1
        if self.starts > MAX_STARTS:
            raise Stopped(Verdict.CRASH, wording.TOO_MANY_STARTS)
        try:
            runner = self.runner = self.start_runner()
        except Exception:
            raise Stopped(Verdict.NOT_GRADABLE, wording.NO_RUNNER) from None
        for source in list(self.worked):
            outcome = self._noted(runner.execute, CellOutcome, source, min(self.cell_seconds, self._time()), True)
            if outcome.status in STOPPING:
                self.worked.remove(source)  # it works no more: do without it
                if not runner.alive:
                    return

    def _noted(self, ask: Callable[..., AnyOutcome], kind: type[AnyOutcome], *request: Any) -> AnyOutcome:
        """One request; a runner whose channel breaks has crashed."""
        try:
            outcome = ask(*request)
        except Exception:
            self.drop()
            outcome = kind(status="crash")
        for sighting in outcome.sightings:
            if sighting not in self.sightings:
                self.sightings.append(sighting)
        return outcome
