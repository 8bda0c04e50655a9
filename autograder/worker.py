"""A grading worker: a clean, single-threaded process that owns one sandbox and forks a judge per submission.

Started as ``python -m autograder.worker FD`` by `autograder.grader`, which talks to it over the socket ``FD``:

    {"op": "setup", "limits": {...}, "unsafe": bool}           -> {"level": str} or {"refused": str}
    {"op": "lab", "lab": Lab.to_dict()}                        -> {"ready": digest}
    {"op": "grade", "submission": {...}, "lab": digest}        -> {"result": Result.to_dict()} or {"died": str}

The judge is a fork, so whatever a test does to numpy, matplotlib or memory ends with the submission.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import traceback
from contextlib import ExitStack, closing
from typing import Any

from autograder import wire
from autograder.judge.catalogue import warm
from autograder.judge.packages import installed
from autograder.lab import Lab
from autograder.record import Submission
from autograder.sandbox.levels import choose_level
from autograder.sandbox.nursery import Nursery
from autograder.unit import grade


def main() -> None:
    """Serve requests until the other side goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's business
    with closing(Worker(socket.socket(fileno=int(sys.argv[1])))) as worker:
        worker.serve()


class Worker:
    """Labs it has seen, the sandbox it owns, and the loop over requests."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.limits: dict[str, Any] = {}
        self.nursery: Nursery | None = None
        self.level = ""
        self.lab: Lab | None = None
        self.packages = ExitStack()

    def serve(self) -> None:
        """Answer one request after the other; a closed channel is the end of work."""
        while True:
            try:
                request = wire.receive(self.channel)
            except EOFError:
                return
            wire.send(self.channel, getattr(self, "do_" + request.pop("op"))(**request))

    def do_setup(self, limits: dict[str, Any], unsafe: bool) -> dict[str, Any]:
        """Choose the isolation level; refuse to work without any unless told to."""
        level = choose_level(unsafe=unsafe)
        if level.refusal:
            return {"refused": level.refusal}
        self.limits, self.level = limits, level.name
        return {"level": level.name}

    def do_lab(self, lab: dict[str, Any]) -> dict[str, Any]:
        """Make a lab ready: its packages importable, what diagnosis needs computed once."""
        self.lab = Lab.from_dict(lab)
        self.packages.close()
        self.packages.enter_context(installed(self.lab.packages))
        warm(self.lab)
        gc.collect()
        gc.freeze()  # a fork should not copy what it never changes
        return {"ready": self.lab.digest}

    def do_grade(self, submission: dict[str, Any], lab: str) -> dict[str, Any]:
        """Grade in a fork; say so when the fork died."""
        if self.lab is None or self.lab.digest != lab:
            return {"died": "the worker was never given this lab"}
        if self.nursery is None:
            # Students may see what is installed, but not a course's answers, if those are installed too.
            hidden = tuple(sorted({name.split("/")[0] for name in self.lab.packages}))
            self.nursery = Nursery(self.limits, self.level, hidden)
            self.nursery.start()
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._judge(theirs, Submission(**submission))
        theirs.close()
        try:
            answer: dict[str, Any] = wire.receive(ours)
        except EOFError:
            answer = {}
        finally:
            ours.close()
            _, status = os.waitpid(pid, 0)
        if not answer:
            self.drop_nursery()
            return {"died": f"the judge ended with {os.waitstatus_to_exitcode(status)}"}
        if "died" in answer:
            self.drop_nursery()
        return answer

    def _judge(self, channel: socket.socket, submission: Submission) -> None:
        status = 1
        try:
            assert self.lab is not None
            assert self.nursery is not None
            result = grade(submission, self.lab, self.nursery, self.limits)
            wire.send(channel, {"result": result.to_dict()})
            status = 0
        except BaseException:
            wire.send(channel, {"died": traceback.format_exc(limit=-6)})
        finally:
            os._exit(status)

    def drop_nursery(self) -> None:
        """End the sandbox: a judge that died mid-word leaves its channel in an unknown state."""
        if self.nursery is not None:
            self.nursery.close()
            self.nursery = None

    def close(self) -> None:
        """End the sandbox and remove what the labs' packages left on disk."""
        self.drop_nursery()
        self.packages.close()


if __name__ == "__main__":
    main()
