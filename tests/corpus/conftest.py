"""One worker with one sandbox and short limits grades the whole corpus, another one the labs of the course."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from autograder.grading.worker_client import GraderProcess, Settings
from autograder.model.lab import Lab
from autograder.model.limits import MIB, Limits
from autograder.model.record import Result, Submission, Verdict
from autograder.sandbox.levels import detect
from tests.engine.fixtures.mini_lab import mini_lab

LIMITS = Limits(
    cell_seconds=2.0,
    total_seconds=14.0,
    memory_bytes=600 * MIB,
    processes=16,
    open_files=64,
    file_bytes=8 * MIB,
    output_bytes=100_000,
    figure_bytes=1 * MIB,
    value_bytes=8 * MIB,
    submission_bytes=8 * MIB,
    submission_files=100,
)

Grade = Callable[..., Result]
ATTEMPTS = 3


def in_time(grade: Callable[[], Result]) -> Result:
    """A result in which nothing ran out of time, if a few attempts give one: a busy machine is slower than limits."""
    for _ in range(ATTEMPTS):
        result = grade()
        if all(record.verdict is not Verdict.TIMEOUT for record in result.records):
            break
    return result


class LabWorker(GraderProcess):
    """A worker with a course's own limits that keeps the lab that it has made ready, errors carried forward or not."""

    def __init__(self) -> None:
        super().__init__(Settings(Limits()))

    def grade_so(self, submission: Submission, lab: Lab, *, carry_errors: bool) -> Result:
        """Grade a submission, errors carried forward or not."""
        if self.settings.carry_errors is not carry_errors:
            self.settings = replace(self.settings, carry_errors=carry_errors)
            if self.channel is not None:
                self._ask({"op": "setup", **vars(self.settings), "limits": self.settings.limits.to_dict()}, 60)
        return in_time(lambda: self.grade(submission, lab))


@pytest.fixture(scope="session")
def lab_worker() -> Iterator[LabWorker]:
    """One worker for all that is tried of a lab: making a lab ready takes seconds."""
    with closing(LabWorker()) as process:
        yield process


@pytest.fixture(scope="session")
def grader() -> Iterator[GraderProcess]:
    """The worker."""
    if detect().level not in ("full", "namespaces"):
        pytest.skip("bubblewrap does not work here")
    with closing(GraderProcess(Settings(LIMITS))) as process:
        yield process


@pytest.fixture(scope="session")
def grade(grader: GraderProcess) -> Grade:
    """Grade one submission to the made-up lab, or to another one."""
    mini = mini_lab()

    def run(submission: Submission, lab: Lab = mini) -> Result:
        return grader.grade(submission, lab)

    return run
