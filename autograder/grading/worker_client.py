"""The client of a grading worker: start it, send it submissions, start another one when it dies.

`grade_task` is what any `concurrent.futures` executor runs, on this machine or another: each thread of the process
that it runs in keeps one worker process, with its warm parent and its sandbox, for as long as the thread lives.

A worker has no course folder and so no log. What its faults leave, a traceback or the end of its standard error,
travels back with the result.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from typing import IO, Any

from autograder.grading.finished import not_gradable, to_be_repeated
from autograder.model.errors import GradingRefused
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Result, Submission
from autograder.model.standing import CheckedTest, Standing
from autograder.protocol import framing

ATTEMPTS = 3
STARTS = 5
"""Workers that may die, for one submission, before they have come as far as that."""
START_SECONDS = 120.0
STOP_SECONDS = 2.0
STDERR_BYTES = 1 << 14
"""Bytes from the end of a dead worker's standard error that are reported."""
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class WorkerDied(RuntimeError):
    """The worker process, or the judge in it, ended without an answer.

    Attributes:
        fault: traceback and standard error, as far as they are known.
        ready: whether the worker had started and loaded the lab before.
    """

    def __init__(self, reason: str, fault: str, *, ready: bool) -> None:
        super().__init__(reason)
        self.fault, self.ready = fault, ready


@dataclass(frozen=True)
class Settings:
    """What a worker must know besides lab and submission.

    Attributes:
        limits: bounds on one submission.
        unsafe: whether to grade without isolation where the machine offers none.
        carry_errors: whether a right answer that builds on a wrong one keeps its points.
        weak_tests: "auto": tests that cannot be judged from outside run beside the student's code; "never": none does.
    """

    limits: Limits
    unsafe: bool = False
    carry_errors: bool = True
    weak_tests: str = "never"


class GraderProcess:
    """One worker process, started when first needed, and again after it died."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.channel: socket.socket | None = None
        self.stderr: IO[bytes] | None = None
        self.lab_digest = ""

    def grade(self, submission: Submission, lab: Lab) -> Result:
        """Grade one submission.

        Raises:
            GradingRefused: this machine cannot grade.
            WorkerDied: the worker ended without an answer; the next call starts a new one.
        """
        try:
            if self.channel is None:
                self._start()
            if self.lab_digest != lab.digest:
                tried = 8 * self.settings.limits.total_seconds if self.settings.weak_tests == "auto" else 0
                self._ask({"op": "lab", "lab": lab.to_dict()}, tried + START_SECONDS)
                self.lab_digest = lab.digest
            # A judge ends by its own limit; only a fault of the engine reaches this deadline.
            patience = 2 * self.settings.limits.total_seconds + START_SECONDS
            answer = self._ask({"op": "grade", "submission": vars(submission), "lab": lab.digest}, patience)
        except (OSError, EOFError) as error:
            ready = self.lab_digest == lab.digest
            written = self.close()
            fault = traceback.format_exc() + (f"The worker's standard error ends with:\n{written}\n" if written else "")
            raise WorkerDied(f"the grading worker died ({type(error).__name__})", fault, ready=ready) from error
        if "died" in answer:
            reason = answer["died"].strip().splitlines()[-1].rstrip(".")
            raise WorkerDied(reason, answer["died"], ready=True)
        return Result.from_dict(answer["result"])

    def check(self, lab: Lab) -> list[dict[str, Any]]:
        """How each test of a lab can be judged; see `autograder.grading.checked_lab`.

        Raises:
            GradingRefused: this machine cannot grade, or the lab is damaged.
            WorkerDied: the worker ended without an answer.
        """
        try:
            self._start()
            patience = 8 * self.settings.limits.total_seconds + START_SECONDS
            self._ask({"op": "lab", "lab": lab.to_dict()}, patience)
            tests: list[dict[str, Any]] = self._ask({"op": "check"}, patience)["tests"]
        except (OSError, EOFError) as error:
            raise WorkerDied(f"the grading worker died ({type(error).__name__})", self.close(), ready=False) from error
        return tests

    def close(self) -> str:
        """End the worker and everything that it started.

        Returns:
            The end of what it wrote to standard error.
        """
        process, self.process = self.process, None
        channel, self.channel = self.channel, None
        self.lab_digest = ""
        if channel is not None:
            channel.close()
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)  # it exits when the channel is closed
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        stderr, self.stderr = self.stderr, None
        if stderr is None:
            return ""
        with stderr:
            stderr.seek(max(stderr.seek(0, os.SEEK_END) - STDERR_BYTES, 0))
            return stderr.read().decode(errors="replace").strip()

    def stop(self) -> None:
        """Close the connection, from any thread: a waiting call fails, and the worker cleans up and exits."""
        channel = self.channel
        if channel is not None:
            with contextlib.suppress(OSError):
                channel.shutdown(socket.SHUT_RDWR)

    def _start(self) -> None:
        own_end, worker_end = socket.socketpair()
        self.stderr = tempfile.TemporaryFile()  # noqa: SIM115 - read when the worker has died
        with worker_end:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "autograder.grading.worker", str(worker_end.fileno())],
                pass_fds=[worker_end.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=self.stderr,
                start_new_session=True,
                env={**os.environ, **dict.fromkeys(THREAD_VARIABLES, "1"), "MPLBACKEND": "Agg"},
            )
        self.channel = own_end
        if _stopping.is_set():  # `stop_all` was called before there was a channel
            raise EOFError
        self._ask({"op": "setup", **vars(self.settings), "limits": self.settings.limits.to_dict()}, START_SECONDS)

    def _ask(self, message: dict[str, Any], patience: float) -> dict[str, Any]:
        assert self.channel is not None
        self.channel.settimeout(patience)
        framing.send(self.channel, message)
        answer: dict[str, Any] = framing.receive(self.channel)
        if "refused" in answer:
            self.close()
            raise GradingRefused(answer["refused"])
        return answer


def check_lab(lab: Lab, settings: Settings) -> list[CheckedTest]:
    """Hand in a lab's reference answers and its untouched release, and tell what came of each test.

    Raises:
        GradingRefused: this machine cannot grade, or the lab is damaged.
        WorkerDied: the worker ended without an answer.
    """
    with contextlib.closing(GraderProcess(settings)) as process:
        return [CheckedTest(**{**one, "standing": Standing(one["standing"])}) for one in process.check(lab)]


_mine = threading.local()
_all: list[GraderProcess] = []
_stopping = threading.Event()


def grade_task(submission: Submission, lab: Lab, settings: Settings) -> Result:
    """Grade one submission with this thread's worker; three deaths over it make it "not gradable", never lost.

    Deaths of workers that had not come as far as the submission say nothing about it and are counted apart.

    Returns:
        The result; its ``faults`` include those of workers that died. They change nothing about a result that a later
        worker came to; a submission that no worker could grade is to be repeated.

    Raises:
        GradingRefused: this machine cannot grade: no isolation, or no worker that comes as far as a submission.
        CancelledError: `stop_all` was called meanwhile.
    """
    grader = getattr(_mine, "grader", None)
    if grader is None or grader.settings != settings:
        if grader is not None:
            grader.close()
        grader = _mine.grader = GraderProcess(settings)
        _all.append(grader)
    deaths: list[WorkerDied] = []
    while True:
        try:
            result = grader.grade(submission, lab)
        except WorkerDied as death:
            deaths.append(death)
        else:
            return replace(result, faults=(*(death.fault for death in deaths), *result.faults))
        if _stopping.is_set():
            raise CancelledError
        if sum(not death.ready for death in deaths) == STARTS:
            refusal = GradingRefused(
                f"No grading worker starts on this machine: {deaths[-1]}. Run `autograder doctor`, fix what it or the "
                "log names, and run the same command again."
            )
            refusal.add_note(deaths[-1].fault)
            raise refusal
        if sum(death.ready for death in deaths) == ATTEMPTS:
            reason = f"Grading this submission failed {ATTEMPTS} times: {deaths[-1]}. A person must look."
            failed = replace(not_gradable(submission, lab, reason), faults=tuple(death.fault for death in deaths))
            return to_be_repeated(failed)


def stop_all() -> None:
    """Interrupt all grading in this process: running tasks end with CancelledError. `close_all` must follow."""
    _stopping.set()
    for grader in list(_all):
        grader.stop()


def close_all() -> None:
    """End every worker of this process; no task may be running."""
    while _all:
        _all.pop().close()
    _stopping.clear()
