"""The near side of a grading worker: start it, hand it submissions, survive its death.

`grade_task` is what any `concurrent.futures` executor runs, on this machine or another: each thread of the process
that it runs in keeps one worker process, with its warm parent and its sandbox, for as long as the thread lives.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

from autograder.grading.finished import not_gradable
from autograder.model.errors import GradingRefused
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Result, Submission
from autograder.protocol import framing

ATTEMPTS = 3
START_SECONDS = 120.0
STOP_SECONDS = 2.0
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class WorkerDied(RuntimeError):
    """The worker process, or the judge in it, ended without an answer."""


@dataclass(frozen=True)
class Settings:
    """What a worker must know besides lab and submission."""

    limits: Limits
    unsafe: bool = False


class GraderProcess:
    """One worker process, started when first needed and again after it died."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.channel: socket.socket | None = None
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
                self._ask({"op": "lab", "lab": lab.to_dict()}, START_SECONDS)
                self.lab_digest = lab.digest
            # A judge ends by its own limit; this deadline only catches our own faults.
            patience = 2 * self.settings.limits.total_seconds + START_SECONDS
            answer = self._ask({"op": "grade", "submission": vars(submission), "lab": lab.digest}, patience)
        except (OSError, EOFError) as error:
            self.close()
            raise WorkerDied(f"the grading worker died ({type(error).__name__})") from error
        if "died" in answer:
            raise WorkerDied(answer["died"])
        return Result.from_dict(answer["result"])

    def close(self) -> None:
        """End the worker and everything that it started."""
        process, self.process = self.process, None
        channel, self.channel = self.channel, None
        self.lab_digest = ""
        if channel is not None:
            channel.close()
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)  # a closed channel tells it to go
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """Hang up, from any thread: whoever waits for an answer gets none, and the worker cleans up and goes."""
        channel = self.channel
        if channel is not None:
            with contextlib.suppress(OSError):
                channel.shutdown(socket.SHUT_RDWR)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "autograder.grading.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, **dict.fromkeys(THREAD_VARIABLES, "1"), "MPLBACKEND": "Agg"},
            )
        self.channel = ours
        if _stopping.is_set():  # `stop_all` came by before there was a channel
            raise EOFError
        self._ask(
            {"op": "setup", "limits": self.settings.limits.to_dict(), "unsafe": self.settings.unsafe}, START_SECONDS
        )

    def _ask(self, message: dict[str, Any], patience: float) -> dict[str, Any]:
        assert self.channel is not None
        self.channel.settimeout(patience)
        framing.send(self.channel, message)
        answer: dict[str, Any] = framing.receive(self.channel)
        if "refused" in answer:
            self.close()
            raise GradingRefused(answer["refused"])
        return answer


_mine = threading.local()
_all: list[GraderProcess] = []
_stopping = threading.Event()


def grade_task(submission: Submission, lab: Lab, settings: Settings) -> Result:
    """Grade one submission with this thread's worker; three deaths make it "not gradable", never lost.

    Raises:
        GradingRefused: this machine cannot grade.
        CancelledError: `stop_all` was called meanwhile.
    """
    grader = getattr(_mine, "grader", None)
    if grader is None or grader.settings != settings:
        if grader is not None:
            grader.close()
        grader = _mine.grader = GraderProcess(settings)
        _all.append(grader)
    reason = ""
    for _ in range(ATTEMPTS):
        try:
            return grader.grade(submission, lab)
        except WorkerDied as error:
            reason = str(error).strip().splitlines()[-1]
        if _stopping.is_set():
            raise CancelledError
    return not_gradable(
        submission, lab, f"Grading this submission failed {ATTEMPTS} times: {reason}. A person must look."
    )


def stop_all() -> None:
    """Interrupt all grading in this process; what is under way ends with CancelledError. `close_all` must follow."""
    _stopping.set()
    for grader in list(_all):
        grader.stop()


def close_all() -> None:
    """End every worker of this process; none may be grading any more."""
    while _all:
        _all.pop().close()
    _stopping.clear()
