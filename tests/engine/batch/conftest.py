"""A gradebook, a made-up lab, and results that need no sandbox."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from autograder.gradebook.database import usable_url
from autograder.gradebook.store import Store
from autograder.grading.executors import Pool
from autograder.grading.spool import Spool
from autograder.model.lab import Lab
from autograder.model.record import Record, Result, Submission, Verdict
from autograder.model.result import submission_digest
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair.answered import answered_cells
from tests.conftest import made_once
from tests.engine.batch.postgres import BINARIES, READY, Server
from tests.engine.fixtures import mini_course as course
from tests.engine.fixtures.mini_lab import ANSWERS, answered, mini_lab, submission

SUBMISSIONS = 24


@pytest.fixture
def lab() -> Lab:
    """The made-up lab."""
    return mini_lab()


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with nothing in it, made once."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Store(f"sqlite:///{path}").engine.dispose()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server with an empty gradebook called ``empty``."""
    if not BINARIES:
        pytest.skip(READY)
    server = Server()
    try:
        server.sql("create database empty")
        Store(server.url("empty")).engine.dispose()
        yield server
    finally:
        server.close()


@pytest.fixture
def sqlite_url(tmp_path: Path, empty_gradebook: Path) -> str:
    """Address of an SQLite gradebook of this test's own."""
    shutil.copy(empty_gradebook, tmp_path / "gradebook.db")
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


@pytest.fixture
def postgres_url(server: Server) -> Iterator[str]:
    """Address of a PostgreSQL gradebook of this test's own."""
    name = f"test_{uuid.uuid4().hex}"
    server.sql(f"create database {name} template empty")
    yield server.url(name)
    server.sql(f"drop database {name} with (force)")


@pytest.fixture(params=["sqlite", "postgres"])
def db_url(request: pytest.FixtureRequest) -> str:
    """Address of a gradebook of this test's own: every test that uses it runs on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return usable_url(url)  # nbgrader's own classes take it too


@pytest.fixture
def store(db_url: str, lab: Lab) -> Iterator[Store]:
    """A gradebook that knows the lab."""
    with Store(db_url) as store:
        store.add_lab(lab)
        yield store


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """Folders of a course."""
    return Spool(tmp_path, tmp_path / "autograded")


@pytest.fixture
def pool() -> Iterator[Pool]:
    """One thread."""
    with ThreadPoolExecutor(1) as executor:
        yield Pool(executor, lambda: 2, share=lambda lab: lab)


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
                cell.exercise,
                cell.grade_id,
                Verdict.NOT_GRADABLE if points is None else Verdict.PASSED if points else Verdict.FAILED,
                cell.points if points == -1.0 else points,
                cell.points,
            )
            for cell in parse_lab(lab).tests
        )
        return Result(
            student=student,
            lab=lab.name,
            records=records,
            notebook=json.dumps(notebook),
            answered=answered_cells(notebook, parse_lab(lab)),
            isolation="full",
            submission_digest=submission_digest(handed or submission(notebook, student=student)),
            lab_digest=lab.digest,
        )

    return make


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run leaves behind that nobody killed."""

    def run() -> dict[str, Any]:
        root = tmp_path_factory.mktemp("undisturbed")
        course.write_course(root, SUBMISSIONS)
        status, said = course.grade(root, "--workers", "1")
        assert status == 1, said  # broken files are in the class
        assert len(course.graded(root)) == SUBMISSIONS
        return course.state(root)

    return made_once(tmp_path_factory, "undisturbed", run)


@pytest.fixture
def class_root(tmp_path: Path) -> Path:
    """The same class, not graded yet."""
    course.write_course(tmp_path, SUBMISSIONS)
    return tmp_path
