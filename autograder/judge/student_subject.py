"""A student's names, in a runner that may die: a fresh one replays what worked, and grading goes on."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from autograder.judge import messages
from autograder.judge.clean_state import no_alarm
from autograder.judge.subject import Called, Meanings, Stopped, TrustedSubject
from autograder.model.limits import Limits
from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.sandbox.outcomes import Answerer, CallOutcome, CellOutcome, FetchOutcome, FilesOutcome, Folder, Outcome

STOPPING = {
    "timeout": Verdict.TIMEOUT,
    "memory": Verdict.MEMORY,
    "output": Verdict.OUTPUT,
    "crash": Verdict.CRASH,
}
MAX_STARTS = 100
PROBE = (
    "__import__('time').sleep(0.01)"  # binds no name; long enough for a second process or thread to give itself away
)

AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


@dataclass(frozen=True)
class Provision:
    """Names for which the lab's own answers stand in.

    Attributes:
        functions: name -> signature, as in `codec.Function`.
        values: name -> encoded value.
        answer: answers calls of the functions; no text of a reference answer enters the runner.
    """

    functions: Mapping[str, str]
    values: Mapping[str, bytes]
    answer: Answerer


Step = str | Provision
"""What happens in a runner before a test: a cell runs, or names are provided."""


class Runner(Protocol):
    """What the judge needs of `autograder.sandbox.client.RunnerClient`."""

    alive: bool

    def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
        """Run one cell."""

    def fetch(self, names: Sequence[str], seconds: float) -> FetchOutcome:
        """Values of names."""

    def files(self, seconds: float) -> FilesOutcome:
        """What the files of its folder hold."""

    def call(
        self, name: str, args: bytes, seconds: float, random: bytes = b"", folder: Folder | None = None
    ) -> CallOutcome:
        """Call a function."""

    def use(self, args: bytes, seconds: float, random: bytes = b"") -> CallOutcome:
        """Ask something of an object that it keeps."""

    def hear(self, answer: Answerer) -> None:
        """Answer what is asked of a test's objects from now on."""

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
        """Bind names to values, and to functions that ask this side."""

    def close(self) -> None:
        """End it."""


class StudentSubject:
    """A `Subject` whose names live in a student's runner.

    Attributes:
        sightings: what the runner reported, each once, in order.
        replayed: text of a cell -> what it came to when the runner that lives now was made ready.
        faults: tracebacks of the engine's own faults while it spoke to a runner.
        problems: name -> why its value could not be handed over when names were last fetched.
    """

    def __init__(self, start_runner: Callable[[], Runner], limits: Limits) -> None:
        self.start_runner = start_runner
        self.cell_seconds = limits.cell_seconds
        self.deadline = time.monotonic() + limits.total_seconds
        self.test_deadline = self.deadline
        self.test_seconds = self.cell_seconds
        self.runner: Runner | None = None
        self.starts = 0
        self.lives = 0
        self.answer: Answerer | None = None
        self.worked: list[Step] = []
        self.replayed: dict[str, CellOutcome] = {}
        self.sightings: list[str] = []
        self.faults: list[str] = []
        self.problems: dict[str, str] = {}
        self.poisoned: set[str] = set()
        self.probing = False

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
        """See `Subject.begin`."""
        self.test_seconds = seconds
        self.test_deadline = min(time.monotonic() + seconds, self.deadline)

    def execute(self, source: str, ours: bool = False) -> CellOutcome:
        """Run one of the student's cells, or one of ours.

        Raises:
            Stopped: there is no runner, or no time.
        """
        outcome = self._execute(source)
        if self._others_may_be_to_blame(outcome, ours):
            self._without_poison()  # and once more: it may have been another cell's doing
            outcome = self._execute(source)
        if outcome.status not in STOPPING:
            self.worked.append(source)
        return outcome

    def fetch(self, names: Sequence[str]) -> dict[str, bytes]:
        """See `Subject.fetch`."""
        if not names:
            return {}
        outcome = self._noted(self._ready().fetch, FetchOutcome, list(names), self._test_time())
        if outcome.status == "crash":
            self._without_poison()
            outcome = self._noted(self._ready().fetch, FetchOutcome, list(names), self._test_time())
        self._stop(outcome)
        values = {name: value for name, value in outcome.values.items() if name in names}
        self.problems = dict(outcome.problems)
        for name in self.problems:
            values[name] = codec.encode(codec.Opaque("unreadable value"))
        return values

    def bind(self, meanings: Meanings) -> None:
        """See `Subject.bind`."""
        answer = TrustedSubject(dict(meanings.functions)).outcome
        names = dict.fromkeys(meanings.functions, "")
        request = names, meanings.values, answer, self._test_time(), meanings.restored, meanings.gone
        self._stop(self._noted(self._ready().provide, Outcome, *request))

    def provide(self, values: Mapping[str, bytes]) -> Provision:
        """Bind names now, and again in each runner that follows; what is done then.

        Raises:
            Stopped: there is no runner, or no time.
        """
        step = Provision({}, values, _no_answer)
        self._replay(self._ready(), step)
        self.worked.append(step)
        return step

    @property
    def life(self) -> int:
        """See `Subject.life`."""
        return self.lives

    def files(self) -> dict[str, bytes]:
        """What the files in the student's folder hold: data of the lab's, and what the answers wrote.

        Raises:
            Stopped: there is no runner, or no time.
        """
        outcome = self._noted(self._ready().files, FilesOutcome, self.cell_seconds)
        return outcome.files

    def call(self, name: str, arguments: bytes, drawn: bytes = b"", folder: Folder | None = None) -> Called:
        """See `Subject.call`."""
        outcome = self._noted(self._ready().call, CallOutcome, name, arguments, self._test_time(), drawn, folder)
        if outcome.status == "crash":
            self._without_poison()
            outcome = self._noted(self._ready().call, CallOutcome, name, arguments, self._test_time(), drawn, folder)
            if self.poisoned and outcome.status == "error" and outcome.error and outcome.error.type_name == "NameError":
                raise Stopped(Verdict.CRASH, messages.POISONED)  # it was made in a cell that is done without now
            if outcome.status in ("ok", "error"):
                self.sight(messages.ended_once(name))
        return self._called(outcome, name)

    def use(self, request: bytes, drawn: bytes, name: str) -> Called:
        """See `Subject.use`; an object does not outlive its process, so nothing is tried again."""
        if not self.alive or self.runner is None:
            raise Stopped(Verdict.CRASH, messages.GONE)
        outcome = self._noted(self.runner.use, CallOutcome, request, self._test_time(), drawn)
        return self._called(outcome, name)

    def hear(self, answer: Answerer) -> None:
        """See `Subject.hear`."""
        self.answer = answer
        if self.runner is not None:
            self.runner.hear(answer)

    def _called(self, outcome: CallOutcome, name: str) -> Called:
        self._stop(outcome, name)
        failed = outcome.status == "error"
        return Called(
            None if failed else outcome.value,
            outcome.error if failed else None,
            tuple(outcome.changed),
            outcome.after,
            outcome.stdout,
            outcome.files,
            outcome.exception,
            outcome.again,
            outcome.same,
        )

    @contextmanager
    def instead(self, steps: Sequence[Step], seconds: float) -> Iterator[None]:
        """For as long as this lasts, runners in which these steps happened instead of what really did.

        Args:
            steps: in order.
            seconds: for all of it; the notebook's own time is not used up.
        """
        before = self.worked, self.poisoned, self.deadline
        self.drop()
        self.worked, self.poisoned, self.deadline = list(steps), set(), time.monotonic() + seconds
        self.starts = 0
        try:
            yield
        finally:
            self.drop()
            self.worked, self.poisoned, self.deadline = before

    def close(self) -> None:
        """End the runner."""
        self.drop()

    def drop(self) -> None:
        """End the runner; the next request starts a fresh one."""
        if self.runner is not None:
            try:
                self.runner.close()
            finally:
                self.runner = None

    def _execute(self, source: str) -> CellOutcome:
        runner = self._ready()
        return self._noted(runner.execute, CellOutcome, source, min(self.cell_seconds, self._time()))

    def _others_may_be_to_blame(self, outcome: CellOutcome, ours: bool) -> bool:
        """Whether a cell failed as if an earlier one had left Python in no state to run anything."""
        if outcome.status == "crash":
            return True
        error = outcome.error
        if outcome.status != "error" or error is None or self.runner is None:
            return False
        odd = ours or (error.line is None and "SyntaxError" not in error.mro)
        return odd and not self._sound(self.runner)

    def _sound(self, runner: Runner) -> bool:
        """Whether a runner can still run a cell that does nothing."""
        return self._noted(runner.execute, CellOutcome, PROBE, self.cell_seconds, True).status == "ok"

    def _without_poison(self) -> None:
        """Start afresh without the cells after which nothing more can be run."""
        self.drop()
        self.probing = True
        try:
            self._ready()
        finally:
            self.probing = False

    def _stop(self, outcome: Outcome, function: str | None = None) -> None:
        if (verdict := STOPPING.get(outcome.status)) is not None:
            raise Stopped(verdict, messages.stopped(verdict, self.test_seconds, function))

    def _time(self) -> float:
        left = self.seconds_left
        if left <= 0:
            raise Stopped(Verdict.TIMEOUT, messages.TIME_UP)
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
        self.lives += 1
        if self.starts > MAX_STARTS:
            raise Stopped(Verdict.CRASH, messages.TOO_MANY_STARTS)
        try:
            with no_alarm():  # broken off in between, the sandbox would be left half started
                runner = self.runner = self.start_runner()
                if self.answer is not None:
                    runner.hear(self.answer)
        except Exception:
            self.faults.append(traceback.format_exc())
            raise Stopped(Verdict.NOT_GRADABLE, messages.NO_RUNNER) from None
        self.replayed = {}
        for step in list(self.worked):
            outcome = self._replay(runner, step)
            if outcome.status in STOPPING:
                self._give_up(step)
                if not runner.alive:
                    return
            elif self.probing and not self._sound(runner):
                self._give_up(step)
                self.drop()
                return

    def _replay(self, runner: Runner, step: Step) -> Outcome:
        seconds = min(self.cell_seconds, self._time())
        if isinstance(step, Provision):
            request = step.functions, step.values, step.answer, seconds
            return self._noted(runner.provide, Outcome, *request, (), (), {})
        outcome = self.replayed[step] = self._noted(runner.execute, CellOutcome, step, seconds, True)
        return outcome

    def _give_up(self, step: Step) -> None:
        """Do without a cell that worked once, and works no more or lets nothing work after it."""
        self.worked.remove(step)
        if isinstance(step, str):
            self.poisoned.add(step)

    def _noted(self, ask: Callable[..., AnyOutcome], kind: type[AnyOutcome], *request: Any) -> AnyOutcome:
        """One request; a runner whose channel breaks has crashed."""
        try:
            outcome = ask(*request)
        except Exception:
            self.faults.append(traceback.format_exc())
            self.drop()
            outcome = kind(status="crash")
        for sighting in outcome.sightings:
            self.sight(sighting)
        return outcome

    def sight(self, sighting: str) -> None:
        """Keep a fact for the instructor, once."""
        if sighting not in self.sightings:
            self.sightings.append(sighting)


def _no_answer(name: str, arguments: bytes) -> CallOutcome:
    """What calling a function of the lab's comes to where none is provided."""
    return CallOutcome("error")
