"""Many submissions to a lab in front of one judge, which then tries the lab's mistakes once, not for each of them."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from unittest.mock import patch

from autograder.grading.worker import Worker
from autograder.grading.worker_client import THREAD_VARIABLES
from autograder.judge.packages import working_folder
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Result, Submission
from tests.corpus.conftest import in_time


def grade_all(submissions: Sequence[Submission], lab: Lab, limits: Limits) -> list[Result]:
    """Grade submissions in a fresh process: a judge changes the one that it is in."""
    settings = {**dict.fromkeys(THREAD_VARIABLES, "1"), "MPLBACKEND": "Agg"}
    with patch.dict(os.environ, settings), ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        return fresh.submit(_grade_all, submissions, lab, limits).result()


def _grade_all(submissions: Sequence[Submission], lab: Lab, limits: Limits) -> list[Result]:
    ours, theirs = socket.socketpair()
    with ours, theirs, closing(Worker(theirs)) as worker:
        told = worker.do_setup(limits.to_dict(), unsafe=False, carry_errors=True, weak_tests="never")
        told |= worker.do_lab(lab.to_dict())
        assert "refused" not in told, told
        return [_grade(one, worker) for one in submissions]


def _grade(submission: Submission, worker: Worker) -> Result:
    from autograder.grading.submission import grade

    prepared, sandbox = worker.prepared, worker.sandbox
    assert prepared is not None
    assert sandbox is not None
    sandbox.start()  # again, if the last submission ended it
    with working_folder(prepared.lab.own_files):
        return in_time(lambda: grade(submission, prepared, sandbox, worker.limits))
