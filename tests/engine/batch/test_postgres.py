"""PostgreSQL by URL: lost connections are survived, and graders that work at the same time do not harm each other."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.gradebook.store import Store
from autograder.model.errors import GradebookError
from autograder.model.lab import Lab
from autograder.model.record import Result
from tests.engine.batch.postgres import Server

MakeResult = Callable[..., Result]
STUDENTS = [f"student{number}" for number in range(12)]


def counts(server: Server, url: str) -> list[str]:
    """Rows of students, submissions, grades, runs and records."""
    database = url.partition("@/")[2].partition("?")[0]
    tables = ("student", "submitted_assignment", "grade", "autograder_run", "autograder_record")
    return [server.sql(f"select count(*) from {table}", database) for table in tables]


def test_connections_that_break_are_made_again(
    server: Server, postgres_url: str, lab: Lab, make_result: MakeResult
) -> None:
    with Store(postgres_url) as store:
        store.add_lab(lab)
        for student in STUDENTS[:3]:
            server.sql("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
            store.save(make_result(student))
        assert set(store.graded("mini")) == set(STUDENTS[:3])


def test_a_connection_that_breaks_in_the_middle_of_a_save(
    server: Server, postgres_url: str, lab: Lab, make_result: MakeResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(postgres_url) as store:
        store.add_lab(lab)
        whole = store._save_comments
        broken: list[bool] = []

        def break_once(*args: object) -> None:
            if not broken:
                broken.append(True)
                server.sql("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
            whole(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(store, "_save_comments", break_once)
        store.save(make_result())
    assert broken
    assert counts(server, postgres_url) == ["1", "1", "4", "1", "3"]


def test_a_server_that_starts_again_is_waited_for(
    server: Server, postgres_url: str, lab: Lab, make_result: MakeResult
) -> None:
    with Store(postgres_url) as store:
        store.add_lab(lab)
        server.stop()
        timer = threading.Timer(1.5, server.start)
        timer.start()
        try:
            store.save(make_result())
        finally:
            timer.join()
        assert set(store.graded("mini")) == {"ada"}


def test_a_server_that_stays_away_is_one_sentence(
    server: Server, postgres_url: str, lab: Lab, make_result: MakeResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(postgres_url) as store:
        store.add_lab(lab)
        monkeypatch.setattr("autograder.gradebook.database.PATIENCE_SECONDS", 0.5)
        server.stop()
        try:
            with pytest.raises(GradebookError, match=r"Nothing is lost: fix this, .* and run the same command again"):
                store.save(make_result())
        finally:
            server.start()


def test_graders_that_save_the_same_and_other_submissions_at_once(
    server: Server, postgres_url: str, lab: Lab, make_result: MakeResult
) -> None:
    def grader(offset: int) -> None:
        with Store(postgres_url) as store:
            store.add_lab(lab)
            for student in STUDENTS[offset:] + STUDENTS[:offset]:
                store.save(make_result(student))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(grader, (0, 0, 5, 9)))
    assert counts(server, postgres_url) == ["12", "12", "48", "12", "36"]


def test_graders_that_make_the_gradebook_at_once(server: Server) -> None:
    server.sql("create database fresh")
    code = "import sys; from autograder.gradebook.store import Store; Store(sys.argv[1]); print('made')"
    line = [sys.executable, "-c", code, server.url("fresh")]
    try:
        graders = [subprocess.Popen(line, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        assert [grader.communicate(timeout=120)[0].strip() for grader in graders] == ["made"] * 3
        assert server.sql("select count(*) from alembic_version", "fresh") == "1"
    finally:
        server.sql("drop database fresh with (force)")
