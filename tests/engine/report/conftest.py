"""A small class in a gradebook: results that need no sandbox, written by the one writer."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.gradebook.store import Store
from autograder.model.lab import Lab
from autograder.model.record import Record, Result, Verdict
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair.answered import answer_cells
from tests.engine.batch.conftest import (  # noqa: F401
    db_url,
    empty_gradebook,
    make_result,
    postgres_url,
    server,
    sqlite_url,
)
from tests.engine.fixtures.mini_lab import answered, mini_lab

DUE = datetime.datetime(2026, 3, 13, 18, 0)
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "Reports & <more>"
"""


@pytest.fixture
def lab() -> Lab:
    """The made-up lab."""
    return mini_lab()


@pytest.fixture
def labs(lab: Lab) -> list[Lab]:
    """Two labs, so that there is a term."""
    return [lab, dataclasses.replace(lab, name="second")]


def verdicts(result: Result, **by_exercise: tuple[Verdict, str | None]) -> Result:
    """The result with other verdicts (and mistakes) for all tests of some exercises."""
    records = []
    for record in result.records:
        verdict, mistake = by_exercise.get(record.exercise, (record.verdict, None))
        points = {Verdict.PASSED: record.max_points, Verdict.NOT_GRADABLE: None}.get(verdict, 0.0)
        records.append(dataclasses.replace(record, verdict=verdict, points=points, mistake=mistake, seconds=0.5))
    return dataclasses.replace(result, records=tuple(records))


@pytest.fixture
def course(tmp_path: Path, sqlite_url: str, fill: Callable[[str], None]) -> Path:  # noqa: F811
    """The course folder of a graded class."""
    (tmp_path / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    folder = tmp_path / "mistakes" / "square"
    folder.mkdir(parents=True)
    (folder / "doubled.py").write_text('"""You doubled x;\nmultiply <it> by itself."""\n', encoding="utf-8")
    fill(sqlite_url)
    return tmp_path


@pytest.fixture
def fill(labs: list[Lab], make_result: Callable[..., Result]) -> Callable[[str], None]:  # noqa: F811
    """Writes a class of seven into a gradebook; one of them handed in nothing.

    ada: all right. bob: doubled in place of squared, late. cleo: an untouched copy. dan: file could not be read, and
    his name is markup. eve: tried to read the gradebook, and her loop never ends. fay: right, but in the second lab
    only.
    """
    first, second = labs
    untouched = dict.fromkeys(("square", "scale"), (Verdict.NOT_ANSWERED, None))
    class_ = [
        make_result("ada"),
        verdicts(make_result("bob"), square=(Verdict.FAILED, "doubled")),
        dataclasses.replace(
            verdicts(make_result("cleo", written=False), **untouched), notebook=json.dumps(answered({})), answered=()
        ),
        dataclasses.replace(
            make_result("<i>dan</i>", points=None, written=False),
            problem="dan's notebook.ipynb is damaged.",
            answered=answer_cells(parse_lab(first)),
        ),
        dataclasses.replace(
            verdicts(make_result("eve"), square=(Verdict.TIMEOUT, None), scale=(Verdict.FAILED, None)),
            sightings=("A cell of eve's tried to read the gradebook.",),
        ),
    ]

    def write(url: str) -> None:
        with Store(url) as store:
            for each in labs:
                store.add_lab(each)
            with Gradebook(url) as gradebook:
                gradebook.find_assignment(first.name).duedate = DUE
                gradebook.update_or_create_student("ada", first_name="=Ada", last_name="Lovelace")
                gradebook.update_or_create_student("gus", first_name="Gus", last_name="Grau")
                gradebook.db.commit()
            for result in class_:
                store.save(result, DUE + datetime.timedelta(hours=1 if result.student == "bob" else -1))
            for student in ("ada", "fay"):
                result = make_result(student)
                records = tuple(Record(**{**record.__dict__, "lab": second.name}) for record in result.records)
                store.save(dataclasses.replace(result, lab=second.name, records=records))

    return write
