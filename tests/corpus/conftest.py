"""One worker with one sandbox and short limits grades the whole corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from autograder.grading.worker_client import GraderProcess, Settings
from autograder.model.lab import Lab
from autograder.model.limits import MIB, Limits
from autograder.model.record import Result, Submission
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
