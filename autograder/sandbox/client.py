"""The client of one runner: it sends requests, waits no longer than allowed, and trusts nothing in the answers."""

from __future__ import annotations

import logging
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn, Protocol, TypeVar

import msgpack

from autograder.model.limits import MIB, Limits
from autograder.protocol.answers import FAULT_CHARS, MAX_FAULTS
from autograder.protocol.bytecode import remembered
from autograder.protocol.framing import HEADER_BYTES
from autograder.runner.processes import descendants
from autograder.sandbox.channel import MessageReader
from autograder.sandbox.outcomes import (
    Answerer,
    BadMessage,
    CallOutcome,
    CellOutcome,
    FetchOutcome,
    FilesOutcome,
    Folder,
    Outcome,
    StudentError,
    failed,
    read_answer,
)
from autograder.sandbox.watchdog import Uncharged, used_bytes

log = logging.getLogger(__name__)

GRACE_SECONDS = 1.0  # between asking a cell to stop and ending its process
WATCH_SECONDS = 0.2  # how often the use of memory is looked at
SETUP_SECONDS = 20.0
END_REPORT_SECONDS = 0.5  # between the end of the runner's channel and the report of its end
ANSWER_ROOM = 8 << 20  # what an answer holds besides values and outputs
LOGGED_CHARS = 300
FORGED = "The code wrote to the grader's own channel, so the process that held the notebook's cells was ended."
CRASH_CAUSES: dict[int, str] = {
    signal.SIGSEGV: "a segmentation fault: C code used memory that is not its own, or recursion went too deep",
    signal.SIGABRT: "abort: C code found something impossible",
    signal.SIGXCPU: "it used more processor time than allowed",
    signal.SIGKILL: "it was killed",
}
OutcomeT = TypeVar("OutcomeT", bound=Outcome)
MAX_QUESTIONS = 200_000  # of one runner: a training of 50,000 steps asks for one gradient a step
TOO_MANY_QUESTIONS = "the lab's own {name} was called too often, or with more data than may cross"


class RunnerHost(Protocol):
    """What the client of a runner needs of the sandbox that the runner lives in."""

    limits: Limits
    pid: int

    @property
    def control(self) -> socket.socket | None:
        """The socket to the warm parent, for polling; None once the sandbox is closed."""

    def interrupt(self, token: bytes) -> None:
        """Send SIGINT to a runner."""

    def stop(self, token: bytes) -> dict[str, Any]:
        """End a runner and all that it started; return the report of its end."""

    def read_report(self, token: bytes) -> dict[str, Any] | None:
        """Read one waiting message; return it if it is the report of this runner's end."""

    def uncharged(self, token: bytes) -> Uncharged:
        """Return the memory that a runner holds and its processes do not show."""


class RunnerClient:
    """Asks one runner, which holds one student's cells.

    Args:
        host: the sandbox that the runner lives in.
        channel: leads to the runner.
        token: identifies the runner to the sandbox.

    Attributes:
        alive: whether more can be asked of it.
        cpu_seconds: CPU time of it and all that it started, known once it has ended.
        leftovers: how many other processes it had left running, known once it has ended.
    """

    def __init__(self, host: RunnerHost, channel: socket.socket, token: bytes) -> None:
        self.alive = True
        self.cpu_seconds = 0.0
        self.leftovers = 0
        self._host, self._channel, self._token = host, channel, token
        self._limits = host.limits
        channel.setblocking(False)
        room = (self._limits.value_bytes, self._limits.output_bytes, self._limits.figure_bytes)
        self._reader = MessageReader(channel, sum(room) + ANSWER_ROOM)
        self._sequence = 0
        self._answerers: dict[str, Answerer] = {}
        self._questions = 0

    def set_up(self, files: Mapping[str, bytes], modules: Sequence[str] = ()) -> bool:
        """Hand over the files, and which modules among them are the lab's; return whether the runner is ready."""
        compiled = {name: code for name, text in files.items() if (code := remembered(text)) is not None}
        fields = {"files": dict(files), "modules": list(modules), "compiled": compiled}
        return self._ask(Outcome, "setup", SETUP_SECONDS, **fields).status == "ok"

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

    def files(self, seconds: float) -> FilesOutcome:
        """What the files in the student's folder hold, within bounds."""
        return self._ask(FilesOutcome, "files", seconds)

    def call(
        self, name: str, args: bytes, seconds: float, random: bytes = b"", folder: Folder | None = None
    ) -> CallOutcome:
        """Call a function of the student's.

        Args:
            name: as defined in the notebook.
            args: ``codec.encode((positional, named))``: a tuple and a dict.
            seconds: wall seconds that it may take.
            random: encoded states of the random generators that it draws from; empty for those of the runner.
            folder: of the test's, with the files that the function may read and change in it.
        """
        sent = (
            None
            if folder is None
            else {"path": folder.path, "files": dict(folder.files), "folders": list(folder.folders)}
        )
        return self._ask(CallOutcome, "call", seconds, name=name, args=args, random=random, folder=sent)

    def use(self, args: bytes, seconds: float, random: bytes = b"") -> CallOutcome:
        """Ask something of an object that the runner keeps.

        Args:
            args: the encoded action, object, positional and named arguments, see `autograder.runner.objects`.
            seconds: wall seconds that it may take.
            random: as in `call`.
        """
        return self._ask(CallOutcome, "use", seconds, args=args, random=random)

    def hear(self, answer: Answerer) -> None:
        """Answer what student code asks of a test's objects; the name that the answerer is given is empty."""
        self._answerers[""] = answer

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
        """Bind names of the notebook to values of ours, and to functions that ask this side.

        A dotted name, e.g. `numpy.cumsum` or `__main__.square`, has that value only while the student's functions run.

        Args:
            functions: name -> signature, as in `codec.Function`.
            values: name -> encoded value.
            answer: is given the name and the encoded ``(args, kwargs)`` of each call that student code makes.
            seconds: wall seconds that it may take.
            restored: dotted names that are to be what they were.
            gone: dotted names that are not there while the student's functions run.
            boxes: answers that need not be asked for, see `autograder.protocol.boxes`; None for functions that are
                always asked.
        """
        self._answerers |= dict.fromkeys(functions, answer)
        names = {"functions": dict(functions), "values": dict(values), "boxes": None if boxes is None else dict(boxes)}
        return self._ask(Outcome, "provide", seconds, **names, restored=list(restored), gone=list(gone))

    def close(self) -> None:
        """End the runner and everything that it started."""
        if self.alive:
            self._end()

    def _ask(self, kind: type[OutcomeT], op: str, seconds: float, **fields: Any) -> OutcomeT:
        started = time.monotonic()
        if not self.alive:
            return failed(kind, "crash", "The process that held the notebook's cells is gone.", 0.0)  # type: ignore[return-value]
        self._sequence += 1
        wait = _Wait(self._host, self._channel, self._reader, self._token, self._end, started + seconds, self._reply)
        try:
            if not self._reader.idle:
                raise BadMessage("a message without a request")
            body = msgpack.packb({"id": self._sequence, "op": op, **fields})
            wait.send(len(body).to_bytes(HEADER_BYTES, "big") + body)
            answer = wait.answer(self._sequence)
            outcome = read_answer(answer, kind)
            if not self._reader.idle:
                raise BadMessage("more than one answer")
        except BadMessage as error:
            log.warning("A runner broke the protocol and was ended: %.*s", LOGGED_CHARS, ascii(str(error)))
            self._end()
            outcome = failed(kind, "crash", FORGED, time.monotonic() - started)
        except _Ended as end:
            outcome = failed(kind, end.status, self._sentence(end, seconds), time.monotonic() - started)
        else:
            _log_faults(answer.get("faults"))
            outcome = self._with_verdict(outcome, wait.verdict, seconds)
            if answer.get("exhausted"):  # the notebook's variables leave no memory for anything else
                self._end()
        outcome.seconds = time.monotonic() - started
        return outcome  # type: ignore[return-value]

    def _reply(self, message: dict[str, Any]) -> bytes:
        """The reply to a question of the student's code, framed.

        Raises:
            BadMessage: the engine's own code in the runner would not have asked that.
        """
        self._questions += 1
        number, name, arguments = message.get("question"), str(message.get("name")), message.get("args")
        answer = self._answerers.get(name)
        if number != self._questions or answer is None or not isinstance(arguments, bytes):
            raise BadMessage("a question that cannot be answered")
        raised = ["RuntimeError", TOO_MANY_QUESTIONS.format(name=name)]
        value, again, boxes = None, 0, {}
        if self._questions <= MAX_QUESTIONS and len(arguments) <= self._limits.value_bytes:
            try:
                outcome = answer(name, arguments)
            except BaseException:  # the test is over, and the runner would wait for ever
                self._end()
                raise
            value, again, boxes = outcome.value, outcome.again, dict(outcome.boxes)
            raised = [outcome.error.type_name, outcome.error.message] if outcome.error is not None else []
        body: bytes = msgpack.packb({"reply": number, "value": value, "raised": raised, "again": again, "boxes": boxes})
        return len(body).to_bytes(HEADER_BYTES, "big") + body

    def _with_verdict(self, outcome: Outcome, verdict: str | None, seconds: float) -> Outcome:
        """Put the trusted side's own verdict, and its sentence, in place of the runner's."""
        outcome.status = verdict or outcome.status
        if outcome.status not in ("timeout", "output", "memory"):
            return outcome
        sentence = self._sentence(_Ended(outcome.status), seconds)
        error = failed(Outcome, outcome.status, sentence, 0.0).error
        assert error is not None
        reported = outcome.error
        if reported is not None and reported.line is not None:
            frames = reported.traceback.rpartition("\n")[0]
            error = replace(error, traceback=f"{frames}\n{sentence}", line=reported.line)
        outcome.error = error
        if isinstance(outcome, CellOutcome):
            outcome.outputs = [output for output in outcome.outputs if output["output_type"] != "error"]
            outcome.outputs.append(_error_output(error))
        return outcome

    def _end(self, report: dict[str, Any] | None = None) -> None:
        """End the runner and all that it started, unless a report says that it has ended by itself."""
        if not self.alive:
            return
        self.alive = False
        if report is None:
            report = self._host.stop(self._token)
        self.cpu_seconds += report.get("cpu", 0.0)
        self.leftovers += report.get("others", 0)
        self._channel.close()

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
            cause = CRASH_CAUSES.get(-end.exit_status)
            return f"The Python process crashed with {_signal_name(-end.exit_status)}" + (
                f" ({cause})." if cause else "."
            )
        return f"The code ended the whole Python process (exit status {end.exit_status})."


class _Ended(Exception):
    """The runner is gone."""

    def __init__(self, status: str, exit_status: int | None = None) -> None:
        self.status, self.exit_status = status, exit_status


class _Wait:
    """Waits for one answer: deadline, interrupt, grace, memory, and the runner's end.

    Args:
        host: the sandbox.
        channel: leads to the runner.
        reader: reads the runner's messages from it.
        token: identifies the runner to the sandbox.
        end: ends the runner, unless it is given a report that it has ended.
        deadline: monotonic time at which the request is interrupted.
        reply: answers a question of the student's code.

    Attributes:
        verdict: "timeout" or "output" once the runner was asked to stop for it.
    """

    def __init__(
        self,
        host: RunnerHost,
        channel: socket.socket,
        reader: MessageReader,
        token: bytes,
        end: Callable[[dict[str, Any] | None], None],
        deadline: float,
        reply: Callable[[dict[str, Any]], bytes],
    ) -> None:
        self.reply = reply
        self.host, self.channel, self.reader, self.token, self.end = host, channel, reader, token, end
        self.deadline = deadline
        self.watched = time.monotonic()
        self.verdict: str | None = None
        self.poll = select.poll()
        self.poll.register(channel, select.POLLIN)
        if host.control is not None:
            self.poll.register(host.control, select.POLLIN)

    def send(self, data: bytes) -> None:
        """Send a request, to a runner that may not read it."""
        view = memoryview(data)
        while view:
            try:
                view = view[self.channel.send(view) :]
            except BlockingIOError:
                if time.monotonic() > self.deadline:
                    self._stop("timeout")
                select.select([], [self.channel], [], WATCH_SECONDS)
            except OSError:
                self._on_closed_channel()

    def answer(self, sequence: int) -> dict[str, Any]:
        """Wait for the answer with this number.

        Raises:
            BadMessage: something else came.
            _Ended: the runner is gone, or had to be ended.
        """
        while True:
            message = self.reader.next()
            while message is None:
                self._wait()
                try:
                    message = self.reader.receive()
                except EOFError:
                    self._on_closed_channel()
            if message.get("id") != sequence:
                raise BadMessage("an answer to something else")
            if "fault" in message:
                _log_faults([message["fault"]])
                self._stop("crash")
            if "question" in message:
                self.send(self.reply(message))
                self._look_at_the_clock()
                continue
            if "notice" not in message:
                return message
            if self.verdict is not None:
                raise BadMessage("a second notice")
            self.verdict = "output"
            self.deadline = min(self.deadline, time.monotonic() + GRACE_SECONDS)

    def _wait(self) -> None:
        """Wait until something arrived, and act when the time is up or memory is short."""
        left = min(self.deadline, self.watched + WATCH_SECONDS) - time.monotonic()
        ready = {fd for fd, _ in self.poll.poll(max(0.0, left) * 1000)}
        control = self.host.control
        if control is not None and control.fileno() in ready and self.channel.fileno() not in ready:
            try:
                report = self.host.read_report(self.token)
            except EOFError:
                report = {}
            if report is not None:
                self._on_end(report)
        self._look_at_the_clock()

    def _look_at_the_clock(self) -> None:
        now = time.monotonic()
        if now > self.watched + WATCH_SECONDS:
            self._watch()
        if now > self.deadline:
            self._on_deadline()

    def _on_deadline(self) -> None:
        if self.verdict is not None:
            self._stop(self.verdict)
        self.verdict = "timeout"
        self.deadline = time.monotonic() + GRACE_SECONDS
        self.host.interrupt(self.token)

    def _watch(self) -> None:
        self.watched = time.monotonic()
        pids = descendants(self.host.pid)
        bound = self.host.limits.memory_bytes
        if used_bytes(pids, enough=bound, uncharged=self.host.uncharged(self.token)) > bound:
            self._stop("memory")
        if len(pids) > self.host.limits.processes:
            self._stop("crash")

    def _stop(self, status: str) -> NoReturn:
        self.end(None)
        raise _Ended(status)

    def _on_closed_channel(self) -> NoReturn:
        """Wait for the report of the runner's end, which follows, unless the cell closed only the channel."""
        control, limit = self.host.control, time.monotonic() + END_REPORT_SECONDS
        while control is not None and select.select([control], [], [], max(0.0, limit - time.monotonic()))[0]:
            try:
                report = self.host.read_report(self.token)
            except EOFError:
                self._on_end({})
            if report is not None:
                self._on_end(report)
        self.end(None)
        self._on_end({})

    def _on_end(self, report: dict[str, Any]) -> NoReturn:
        self.end(report)
        raise _Ended(self.verdict or "crash", report.get("status"))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have numbers only
        return f"signal {number}"


def _log_faults(faults: Any) -> None:
    """Log tracebacks of the engine's own code in a runner. The student's process sends them, so they prove nothing."""
    for text in faults[:MAX_FAULTS] if isinstance(faults, list) else []:
        if isinstance(text, str):
            lines = text[:FAULT_CHARS].splitlines()
            log.error("A runner reports a fault of the engine's own code:\n%s", "\n".join(map(_printable, lines)))


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def _error_output(error: StudentError) -> dict[str, Any]:
    return {
        "output_type": "error",
        "ename": error.type_name,
        "evalue": error.message,
        "traceback": error.traceback.splitlines(),
    }
