"""A gradebook, a made-up lab, and results that need no sandbox."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.lab import Lab
from autograder.outcome import graded_cells, submission_digest
from autograder.outputs import Outputs
from autograder.record import Record, Result, Submission, Verdict
from autograder.store import Store
from tests.engine.fixtures.mini_lab import ANSWERS, answered, mini_lab, submission


@pytest.fixture
def lab() -> Lab:
    """The made-up lab."""
    return mini_lab()


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with nothing in it, made once: nbgrader takes seconds to make one."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Store(f"sqlite:///{path}").engine.dispose()
    return path


@pytest.fixture
def db_url(tmp_path: Path, empty_gradebook: Path) -> str:
    """Address of a gradebook of this test's own."""
    shutil.copy(empty_gradebook, tmp_path / "gradebook.db")
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


@pytest.fixture
def store(db_url: str, lab: Lab) -> Store:
    """A gradebook that knows the lab."""
    store = Store(db_url)
    store.add_lab(lab)
    return store


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    """Folders of a course."""
    return Outputs(tmp_path, tmp_path / "autograded")


@pytest.fixture
def make_result(lab: Lab) -> Callable[..., Result]:
    """A result with full marks, or with ``points`` for every test."""

    def make(
        student: str = "ada", points: float | None = -1.0, written: bool = True, handed: Submission | None = None
    ) -> Result:
        answers = ANSWERS if written else {key: text for key, text in ANSWERS.items() if key != "observe"}
        notebook = answered(answers)
        records = tuple(
            Record(
                lab.name,
                exercise,
                test,
                Verdict.NOT_GRADABLE if points is None else Verdict.PASSED if points else Verdict.FAILED,
                most if points == -1.0 else points,
                most,
            )
            for exercise, test, most in graded_cells(lab)
        )
        return Result(
            student=student,
            lab=lab.name,
            records=records,
            notebook=json.dumps(notebook),
            isolation="full",
            submission_digest=submission_digest(handed or submission(notebook, student=student)),
            lab_digest=lab.digest,
        )

    return make
