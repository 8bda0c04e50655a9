"""Faults of the engine and of the machine: a sentence on screen, a traceback in the log, no points lost."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.commands import cli, grade
from autograder.course import log
from autograder.course.log import log_path, logging_to
from autograder.grading import submission as grading
from autograder.grading import worker_client
from autograder.grading.worker import Worker
from autograder.grading.worker_client import GraderProcess, Settings, close_all, grade_task
from autograder.judge.session import SessionOutcome
from autograder.model.errors import GradingRefused, SandboxError
from autograder.model.limits import Limits
from autograder.model.record import Record, Result, Verdict
from autograder.notebook.parsed_lab import parse_lab
from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import answered, mini_lab, submission


def test_a_worker_that_never_starts_ends_the_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    course.write_lab(tmp_path)
    course.hand_in(tmp_path, "ada", answered())
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'No module named worker' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    assert cli.main(["grade", "--course-dir", str(tmp_path)]) == GradingRefused.exit_code
    assert course.graded(tmp_path) == {}
    written = log_path(tmp_path).read_text(encoding="utf-8")
    assert "ada, mini: grading was refused" in written
    assert "No module named worker" in written


def dying(monkeypatch: pytest.MonkeyPatch, *ready: bool) -> None:
    """Workers that die in the first calls, each before or after it was ready to grade."""
    grader_grade, deaths = GraderProcess.grade, iter(ready)

    def grade(self: GraderProcess, *arguments: Any) -> Result:
        for was_ready in deaths:
            raise worker_client.WorkerDied("the grading worker died", "no memory", ready=was_ready)
        return grader_grade(self, *arguments)

    monkeypatch.setattr(GraderProcess, "grade", grade)


@pytest.mark.parametrize("deaths", [(False,), (True,), (False, True, True, False)])
def test_workers_that_die_are_reported_with_the_result(
    monkeypatch: pytest.MonkeyPatch, deaths: tuple[bool, ...]
) -> None:
    dying(monkeypatch, *deaths)
    try:
        result = grade_task(submission(), mini_lab(), Settings(Limits()))
    finally:
        close_all()
    assert result.faults == ("no memory",) * len(deaths)
    assert not result.repeat
    assert all(record.points == record.max_points for record in result.records)


def test_a_broken_file_is_not_graded_again_because_a_worker_died(monkeypatch: pytest.MonkeyPatch) -> None:
    dying(monkeypatch, True)
    try:
        result = grade_task(submission("no notebook"), mini_lab(), Settings(Limits()))
    finally:
        close_all()
    assert {record.verdict for record in result.records} == {Verdict.NOT_GRADABLE}
    assert result.faults == ("no memory",)
    assert not result.repeat


def test_a_submission_that_ends_every_worker_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    dying(monkeypatch, True, False, True, True)
    result = grade_task(submission(), mini_lab(), Settings(Limits()))
    assert "failed 3 times" in (result.problem or "")
    assert len(result.faults) == 4
    assert result.repeat


@pytest.mark.parametrize(
    ("faults", "verdict", "repeated"),
    [
        (["KeyError"], Verdict.NOT_GRADABLE, True),
        (["KeyError"], Verdict.PASSED, False),
        ([], Verdict.NOT_GRADABLE, False),
    ],
)
def test_what_a_fault_kept_from_being_judged_is_repeated(
    monkeypatch: pytest.MonkeyPatch, faults: list[str], verdict: Verdict, repeated: bool
) -> None:
    def session(notebook: Any, *_: object, **__: object) -> SessionOutcome:
        return SessionOutcome([Record("mini", "square", "test_square", verdict, None, 2.0)], [], faults, notebook)

    monkeypatch.setattr(grading, "run_session", session)
    prepared: Any = SimpleNamespace(lab=mini_lab(), parsed=parse_lab(mini_lab()), oracle=None, standings={})
    result = grading.grade(submission(), prepared, SimpleNamespace(level="none", runner=None), Limits())
    assert result.faults == tuple(faults)
    assert result.repeat is repeated


def test_a_sandbox_that_does_not_start_again_is_a_fault_with_a_traceback() -> None:
    def start() -> None:
        raise SandboxError("The sandbox did not start.")

    worker: Any = Worker.__new__(Worker)
    worker.prepared = SimpleNamespace(lab=SimpleNamespace(digest="abc"))
    worker.graded, worker.sandbox = 0, SimpleNamespace(start=start)
    answer = worker.do_grade(vars(submission()), "abc")
    assert answer["died"].startswith("Traceback (most recent call last)")
    assert answer["died"].endswith("SandboxError: The sandbox did not start.\n")


@pytest.mark.parametrize("verbose", [False, True])
def test_a_fault_of_a_command_is_one_sentence_and_a_log(
    verbose: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course.write_lab(tmp_path)

    def fail(*_args: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr(grade, "find_work", fail)
    status = cli.main(["grade", "--course-dir", str(tmp_path), *(["--verbose"] if verbose else [])])
    shown = capsys.readouterr().err
    assert status == 2
    assert "fault of autograder (KeyError): please report it with the traceback in " in shown
    assert str(log_path(tmp_path)) in shown
    assert ("Traceback" in shown) is verbose
    assert "KeyError: 'surprise'" in log_path(tmp_path).read_text(encoding="utf-8")


def test_no_log_is_made_without_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course.write_lab(tmp_path)
    assert cli.main(["grade", "--course-dir", str(tmp_path)]) == 2
    assert "Nothing was handed in" in capsys.readouterr().err
    assert not log_path(tmp_path).exists()


def test_the_log_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 4 * log.MAX_RECORD)
    logger = logging.getLogger("autograder.test")
    with logging_to(tmp_path):
        for _ in range(20):
            logger.error("%s", "x" * 10 * log.MAX_RECORD)
    sizes = [path.stat().st_size for path in log_path(tmp_path).parent.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) < 5 * log.MAX_RECORD


def test_a_log_that_cannot_be_written_does_not_stop_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".autograder").write_text("a file where the folder should be")
    with logging_to(tmp_path):
        for _ in range(3):
            logging.getLogger("autograder.test").error("lost")
    shown = capsys.readouterr().err
    assert shown.count("\n") == 1
    assert "cannot be written" in shown


def test_interruption_is_told_below_the_terminals_mark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    course.write_lab(tmp_path)

    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(grade, "find_work", interrupt)
    assert cli.main(["grade", "--course-dir", str(tmp_path)]) == 130
    assert capsys.readouterr().err == "\nautograder: Stopped.\n"
