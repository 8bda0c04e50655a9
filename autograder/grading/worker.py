"""A grading worker: a clean, single-threaded process that owns one sandbox and forks a judge per submission.

Started as ``python -m autograder.grading.worker FD`` by `worker_client`, which talks to it over the socket ``FD``:

    {"op": "setup", "limits": {...}, "unsafe": bool, "carry_errors": bool, "weak_tests": str}
                                                               -> {"level": str} or {"refused": str}
    {"op": "lab", "lab": Lab.to_dict()}                        -> {"ready": digest} or {"refused": str}
    {"op": "check"}                                            -> {"tests": [...]}
    {"op": "grade", "submission": {...}, "lab": digest}        -> {"result": Result.to_dict()} or {"died": str}

The judge is a fork, so whatever a test does to numpy, matplotlib or memory ends with the submission. A closed socket
ends the worker, and the kernel ends the judge with it.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Collection
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING, Any

from autograder.judge.packages import KeptFolder, installed, working_folder
from autograder.model.errors import SandboxError
from autograder.model.lab import Lab, notebook_of
from autograder.model.limits import Limits
from autograder.model.record import Record, Result, Submission, Verdict
from autograder.protocol import framing
from autograder.runner import restrict
from autograder.runner.config import WARM_LIBRARIES
from autograder.sandbox.levels import choose_level
from autograder.sandbox.sandbox import Sandbox

if TYPE_CHECKING:
    from autograder.grading.prepared_lab import PreparedLab
    from autograder.judge.ahead import Mistakes

START_ATTEMPTS = 3
BLANK_FIGURES = 2  # as many as most submissions show


def main() -> None:
    """Serve requests until the client closes the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process
    with closing(Worker(socket.socket(fileno=int(sys.argv[1])))) as worker:
        worker.serve()
    sys.stderr.flush()
    os._exit(0)  # nothing is left to do, and Python takes a while to take itself apart


class Worker:
    """Labs it has seen, the sandbox it owns, and the loop over requests."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.limits = Limits()
        self.carry_errors = True
        self.weak_tests = "never"
        self.sandbox: Sandbox | None = None
        self.level = ""
        self.prepared: PreparedLab | None = None
        self.too_slow: set[str] = set()  # tests for which the reference answers need more time than there is
        self.graded = 0  # submissions of the lab
        self.mistakes: Mistakes | None = None
        self.packages = ExitStack()
        self.folder = KeptFolder({})

    def serve(self) -> None:
        """Answer requests, one after the other, until the channel is closed."""
        with suppress(EOFError, ConnectionError):
            while True:
                request = framing.receive(self.channel)
                framing.send(self.channel, getattr(self, "do_" + request.pop("op"))(**request))

    def do_setup(self, limits: dict[str, Any], unsafe: bool, carry_errors: bool, weak_tests: str) -> dict[str, Any]:
        """Choose the isolation level; refuse to work without isolation unless ``unsafe``."""
        level = choose_level(unsafe=unsafe)
        if level.refusal:
            return {"refused": level.refusal}
        self.limits, self.level = Limits(**limits), level.name
        self.carry_errors, self.weak_tests = carry_errors, weak_tests
        return {"level": level.name}

    def do_lab(self, lab: dict[str, Any]) -> dict[str, Any]:
        """Make a lab ready: its packages importable, its reference answers run, the sandbox warm."""
        given = Lab.from_dict(lab)
        # Students may see what is installed, but not a course's answers, if those are installed too.
        hidden = tuple(sorted({name.split("/")[0] for name in given.packages}))
        libraries = tuple(name for name in WARM_LIBRARIES if name in given.source or name in given.release)
        if self.sandbox is None or (self.sandbox.hidden, self.sandbox.libraries) != (hidden, libraries):
            self._end_sandbox()
            self.sandbox = Sandbox(self.limits, self.level, hidden, libraries)
        with suppress(SandboxError, OSError):  # tried again below
            self.sandbox.launch()  # it warms up beside what follows
        _load_judge()
        from autograder.grading.prepared_lab import prepare

        self.folder.leave()
        self.packages.close()
        self.packages.enter_context(installed(given.packages))
        try:
            with working_folder(given.own_files):
                self.prepared, self.graded, self.mistakes = prepare(given), 0, None
        except ValueError as error:
            return {"refused": str(error)}
        self.folder = KeptFolder(given.own_files, self.prepared.oracle.plan.own_imports)
        gc.freeze()  # hardly anything is garbage yet, and a single submission need not wait until that is found out
        for attempt in range(START_ATTEMPTS):
            try:
                self.sandbox.start()
                break
            except (SandboxError, OSError) as error:
                if attempt == START_ATTEMPTS - 1:
                    return {"refused": str(error)}
        if self.weak_tests == "auto":
            self._try_reference(self.prepared)
        return {"ready": given.digest}

    def _try_reference(self, prepared: PreparedLab) -> None:
        """Find out how each test can be judged; if that fails, all are judged from outside, as far as they can be."""
        from autograder.grading.standings import find_standings
        from autograder.notebook.kept_values import asks_for_kept_values

        lab = prepared.lab

        def graded(notebook: str, weak: Collection[str]) -> tuple[Record, ...]:
            handed_in = Submission("reference", lab.name, {f"{notebook_of(lab.name)}.ipynb": notebook.encode()})
            answer = self._grade(handed_in, weak)
            if "died" in answer:
                raise SandboxError(answer["died"])
            records = Result.from_dict(answer["result"]).records
            if notebook == lab.source:
                self.too_slow |= {record.test for record in records if record.verdict is Verdict.TIMEOUT}
            return records

        self.too_slow = set()
        tests = prepared.oracle.plan.tests
        of_kept_values = [test.name for test in tests if asks_for_kept_values(test.code or "", test.names)]
        try:
            prepared.oracle.standings = find_standings(lab.source, lab.release, graded, of_kept_values)
        except SandboxError as error:
            print(f"The tests of {lab.name} could not be tried: {error}", file=sys.stderr)

    def do_check(self) -> dict[str, Any]:
        """How each test of the lab can be judged, and why."""
        from autograder.grading.checked_lab import describe

        assert self.prepared is not None
        with working_folder(self.prepared.lab.own_files):
            seconds = self.limits.cell_seconds
            return {"tests": describe(self.prepared.oracle, self.prepared.standings, self.too_slow, seconds)}

    def do_grade(self, submission: dict[str, Any], lab: str) -> dict[str, Any]:
        """Grade in a fork, and report if the fork died."""
        if self.prepared is None or self.prepared.lab.digest != lab:
            return {"died": "the worker was never given this lab"}
        from autograder.judge.ahead import Mistakes
        from autograder.protocol.rebuilt_figures import keep_blank

        self.graded += 1
        if self.graded > 1:  # for a single one, its judge makes what it needs
            if "matplotlib.pyplot" in sys.modules:  # the lab draws
                keep_blank(BLANK_FIGURES)
            self.mistakes = self.mistakes or Mistakes(self.prepared.oracle)
            with working_folder(self.prepared.lab.own_files):
                found = self.mistakes.run()
            if found:
                _keep_from_copying()
        return self._grade(Submission(**submission))

    def _grade(self, submission: Submission, weak: Collection[str] | None = None) -> dict[str, Any]:
        assert self.sandbox is not None
        assert self.prepared is not None
        try:
            self.sandbox.start()  # again, if it was ended
        except (SandboxError, OSError):
            return {"died": traceback.format_exc()}
        self.folder.use()
        return self._grade_in_a_fork(submission, weak)

    def _grade_in_a_fork(self, submission: Submission, weak: Collection[str] | None) -> dict[str, Any]:
        ours, theirs = socket.socketpair()
        worker = os.getpid()
        pid = os.fork()
        if pid == 0:
            end_with(worker)
            self.channel.close()
            self._judge(theirs, submission, weak)
        theirs.close()
        try:
            answer: dict[str, Any] = self._answer_of(ours)
        finally:
            ours.close()
            os.kill(pid, signal.SIGKILL)  # it has nothing left to do
            _, status = os.waitpid(pid, 0)
        if not answer:
            answer = {"died": f"the judge ended with {os.waitstatus_to_exitcode(status)}"}
        if "died" in answer:
            self._end_sandbox()  # what the judge left in its channel is unknown
        return answer

    def _answer_of(self, judge: socket.socket) -> dict[str, Any]:
        """Receive the judge's reply; {} if it exits without one.

        Raises:
            EOFError: the client is gone.
        """
        poll = select.poll()
        poll.register(judge, select.POLLIN)
        poll.register(self.channel, select.POLLRDHUP)
        if judge.fileno() not in {fd for fd, _ in poll.poll()}:
            raise EOFError
        with suppress(EOFError):
            return framing.receive(judge)  # type: ignore[no-any-return]
        return {}

    def _judge(self, channel: socket.socket, submission: Submission, weak: Collection[str] | None) -> None:
        from autograder.grading.submission import grade

        status = 1
        try:
            assert self.prepared is not None
            assert self.sandbox is not None
            carry = self.carry_errors and weak is None
            result = grade(submission, self.prepared, self.sandbox, self.limits, carry_errors=carry, weak=weak)
            if self.sandbox.lost:  # no submission can do that, so grade it again
                framing.send(channel, {"died": "the sandbox was ended from outside"})
            else:
                framing.send(channel, {"result": result.to_dict()})
            status = 0
        except BaseException:
            framing.send(channel, {"died": traceback.format_exc()})
        finally:
            os._exit(status)

    def _end_sandbox(self) -> None:
        if self.sandbox is not None:
            self.sandbox.close()

    def close(self) -> None:
        """End the sandbox and remove what the labs' packages left on disk."""
        self._end_sandbox()
        self.folder.leave()
        self.packages.close()


def _load_judge() -> None:
    """Load what only a lab needs, which takes half a second; nothing of it is garbage, and looking takes a while."""
    gc.disable()
    import autograder.notebook.fast_schema  # isort: skip
    import autograder.grading.submission  # noqa: F401

    gc.freeze()
    gc.enable()


def _keep_from_copying() -> None:
    """Leave what there is now out of garbage collection: a fork should not copy what it never changes."""
    gc.collect()
    gc.freeze()


def end_with(parent: int) -> None:
    """Let the kernel end this process when its parent ends, however that happens."""
    restrict.prctl(restrict.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main()
