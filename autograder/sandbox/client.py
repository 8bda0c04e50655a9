"""One runner, seen from the trusted side: ask, wait no longer than allowed, believe nothing."""

from __future__ import annotations

import select
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgpack

from autograder.protocol.framing import HEADER_BYTES
from autograder.sandbox.channel import Reader
from autograder.sandbox.outcomes import (
    BadMessage,
    CallOutcome,
    CellOutcome,
    FetchOutcome,
    Outcome,
    StudentError,
    failed,
    read_answer,
)
from autograder.sandbox.watchdog import descendants, used_bytes

if TYPE_CHECKING:
    from autograder.sandbox.sandbox import Sandbox

GRACE_SECONDS = 1.0  # between asking a cell to stop and ending its process
WATCH_SECONDS = 0.2  # how often the use of memory is looked at
SETUP_SECONDS = 20.0
LAST_WORDS_SECONDS = 0.5
ANSWER_ROOM = 8 << 20  # what an answer holds besides values and outputs
MIB = 1 << 20
SIGNAL_WORDS = {
    signal.SIGSEGV: "a segmentation fault: C code used memory that is not its own, or recursion went too deep",
    signal.SIGABRT: "abort: C code found something impossible",
    signal.SIGXCPU: "it used more processor time than allowed",
    signal.SIGKILL: "it was killed",
}
OutcomeT = TypeVar("OutcomeT", bound=Outcome)


class Runner:
    """A process with one student's cells in it.

    Args:
        nursery: the sandbox that it lives in.
        channel: leads to the runner.
        token: how the sandbox knows it.

    Attributes:
        alive: whether more can be asked of it.
        cpu_seconds: CPU time of it and all that it started, known once it has ended.
        leftovers: how many other processes it had left running, known once it has ended.
    """

    def __init__(self, sandbox: Sandbox, channel: socket.socket, token: bytes) -> None:
        self.alive = True
        self.cpu_seconds = 0.0
        self.leftovers = 0
        self._sandbox, self._channel, self._token = sandbox, channel, token
        self._limits = sandbox.limits
        channel.setblocking(False)
        room = (self._limits.value_bytes, self._limits.output_bytes, self._limits.figure_bytes)
        self._reader = Reader(channel, sum(room) + ANSWER_ROOM)
        self._sequence = 0

    def set_up(self, files: Mapping[str, bytes]) -> bool:
        """Hand over the submitted files; whether the runner is ready."""
        return self._ask(Outcome, "setup", SETUP_SECONDS, files=dict(files)).status == "ok"

    def execute(self, source: str, seconds: float, quiet: bool = False) -> CellOutcome:
        """Run one cell.

        Args:
            source: its text, magics included.
            seconds: wall seconds that it may take.
            quiet: leave its outputs out, e.g. when it is replayed.
        """
        return self._ask(CellOutcome, "execute", seconds, source=source, quiet=quiet)

    def fetch(self, names: Sequence[str], seconds: float) -> FetchOutcome:
        """Fetch values by name as plain encoded data; undefined names are absent."""
        return self._ask(FetchOutcome, "fetch", seconds, names=list(names))

    def call(self, name: str, args: bytes, seconds: float) -> CallOutcome:
        """Call a function of the student's.

        Args:
            name: as defined in the notebook.
            args: ``codec.encode((positional, named))``: a tuple and a dict.
            seconds: wall seconds that it may take.
        """
        return self._ask(CallOutcome, "call", seconds, name=name, args=args)

    def close(self) -> None:
        """End it and everything that it started."""
        if self.alive:
            self._end()

    def _ask(self, kind: type[OutcomeT], op: str, seconds: float, **fields: Any) -> OutcomeT:
        started = time.monotonic()
        if not self.alive:
            return failed(kind, "crash", "The process that held the notebook's cells is gone.", 0.0)  # type: ignore[return-value]
        self._sequence += 1
        wait = _Wait(self, started + seconds)
        try:
            body = msgpack.packb({"id": self._sequence, "op": op, **fields})
            wait.send(len(body).to_bytes(HEADER_BYTES, "big") + body)
            answer = wait.answer(self._sequence)
            outcome = read_answer(answer, kind)
            if not self._reader.idle:
                raise BadMessage("more than was asked for")
        except BadMessage:
            self._end()
            outcome = failed(kind, "crash", _forged(), time.monotonic() - started)
        except _Ended as end:
            outcome = failed(kind, end.status, self._sentence(end, seconds), time.monotonic() - started)
        else:
            outcome = self._judged(outcome, wait.verdict, seconds)
            if answer.get("exhausted"):  # what the notebook holds leaves no room for anything else
                self._end()
        outcome.seconds = time.monotonic() - started
        return outcome  # type: ignore[return-value]

    def _judged(self, outcome: Outcome, verdict: str | None, seconds: float) -> Outcome:
        """Put the trusted side's own verdict, and its sentence, in place of the runner's."""
        outcome.status = verdict or outcome.status
        if outcome.status not in ("timeout", "output", "memory"):
            return outcome
        sentence = self._sentence(_Ended(outcome.status), seconds)
        stand_in = failed(Outcome, outcome.status, sentence, 0.0).error
        assert stand_in is not None
        seen = outcome.error
        if seen is not None and seen.line is not None:
            frames = seen.traceback.rpartition("\n")[0]
            stand_in = replace(stand_in, traceback=f"{frames}\n{sentence}", line=seen.line)
        outcome.error = stand_in
        if isinstance(outcome, CellOutcome):
            outcome.outputs = [one for one in outcome.outputs if one["output_type"] != "error"]
            outcome.outputs.append(_error_output(stand_in))
        return outcome

    def _end(self, report: dict[str, Any] | None = None) -> dict[str, Any]:
        """End everything, unless a report says that it has ended by itself."""
        self.alive = False
        if report is None:
            report = self._sandbox.stop(self._token)
        self.cpu_seconds += report.get("cpu", 0.0)
        self.leftovers += report.get("others", 0)
        self._channel.close()
        return report

    def _sentence(self, end: _Ended, seconds: float) -> str:
        if end.status == "timeout":
            return f"It ran longer than the {seconds:g} seconds that it may take, and was stopped."
        if end.status == "memory":
            return f"It needed more memory than the {self._limits.memory_bytes // MIB} MiB that it may use."
        if end.status == "output":
            return "It showed more output than fits in a notebook, and was stopped."
        if end.exit_status is None:
            return "The process that held the notebook's cells ended unexpectedly."
        if end.exit_status < 0:
            number = signal.Signals(-end.exit_status)
            words = SIGNAL_WORDS.get(number)
            return f"The Python process crashed with {number.name}" + (f" ({words})." if words else ".")
        return f"The code ended the whole Python process (exit status {end.exit_status})."


class _Ended(Exception):
    """The runner is gone."""

    def __init__(self, status: str, exit_status: int | None = None) -> None:
        self.status, self.exit_status = status, exit_status


class _Wait:
    """Waiting for one answer: deadline, interrupt, grace, memory, and the runner's end."""

    def __init__(self, runner: Runner, deadline: float) -> None:
        self.runner = runner
        self.deadline = deadline
        self.watched = time.monotonic()
        self.verdict: str | None = None
        self.poll = select.poll()
        self.poll.register(runner._channel, select.POLLIN)
        if runner._sandbox.control is not None:
            self.poll.register(runner._sandbox.control, select.POLLIN)

    def send(self, data: bytes) -> None:
        """Send a request, to a runner that may not read it."""
        view, channel = memoryview(data), self.runner._channel
        while view:
            try:
                view = view[channel.send(view) :]
            except BlockingIOError:
                if time.monotonic() > self.deadline:
                    self._stop("timeout")
                select.select([], [channel], [], WATCH_SECONDS)
            except OSError:
                self._gone(self._last_words())

    def answer(self, sequence: int) -> dict[str, Any]:
        """Wait for the answer with this number.

        Raises:
            BadMessage: something else came.
            _Ended: the runner is gone, or had to be ended.
        """
        reader = self.runner._reader
        while True:
            message = reader.next()
            while message is None:
                self._wait()
                try:
                    message = reader.receive()
                except EOFError:
                    self._gone(self._last_words())
            if message.get("id") != sequence:
                raise BadMessage("an answer to something else")
            if "notice" not in message:
                return message
            if self.verdict is not None:
                raise BadMessage("a second notice")
            self.verdict = "output"
            self.deadline = min(self.deadline, time.monotonic() + GRACE_SECONDS)

    def _wait(self) -> None:
        """Wait until something arrived, and act when the time is up or memory is short."""
        runner = self.runner
        left = min(self.deadline, self.watched + WATCH_SECONDS) - time.monotonic()
        ready = {fd for fd, _ in self.poll.poll(max(0.0, left) * 1000)}
        control = runner._sandbox.control
        if control is not None and control.fileno() in ready and runner._channel.fileno() not in ready:
            try:
                report = runner._sandbox.heard(runner._token)
            except EOFError:
                report = {}
            if report is not None:
                self._gone(report)
        now = time.monotonic()
        if now > self.watched + WATCH_SECONDS:
            self._watch()
        if now > self.deadline:
            self._late()

    def _late(self) -> None:
        if self.verdict is not None:
            self._stop(self.verdict)
        self.verdict = "timeout"
        self.deadline = time.monotonic() + GRACE_SECONDS
        self.runner._sandbox.interrupt(self.runner._token)

    def _watch(self) -> None:
        self.watched = time.monotonic()
        limits = self.runner._limits
        pids = descendants(self.runner._sandbox.pid)
        bound = limits.memory_bytes
        if used_bytes(pids, enough=bound) > bound:
            self._stop("memory")
        if len(pids) > limits.processes:
            self._stop("crash")

    def _stop(self, status: str) -> NoReturn:
        self.runner._end()
        raise _Ended(status)

    def _last_words(self) -> dict[str, Any]:
        """The report of the runner's end, which follows the end of its channel, unless only the channel was closed."""
        control, limit = self.runner._sandbox.control, time.monotonic() + LAST_WORDS_SECONDS
        while control is not None and select.select([control], [], [], max(0.0, limit - time.monotonic()))[0]:
            try:
                report = self.runner._sandbox.heard(self.runner._token)
            except EOFError:
                return {}
            if report is not None:
                return report
        self.runner._end()
        return {}

    def _gone(self, report: dict[str, Any]) -> NoReturn:
        if self.runner.alive:
            self.runner._end(report)
        raise _Ended(self.verdict or "crash", report.get("status"))


def _forged() -> str:
    return "The code wrote to the grader's own channel, so the process that held the notebook's cells was ended."


def _error_output(error: StudentError) -> dict[str, Any]:
    return {
        "output_type": "error",
        "ename": error.type_name,
        "evalue": error.message,
        "traceback": error.traceback.splitlines(),
    }
