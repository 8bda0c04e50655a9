"""The one writer: grades from records alone, a person's work untouched, saving twice changes nothing."""

from __future__ import annotations

import datetime
import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from autograder.gradebook.store import Store
from autograder.grading.finished import not_gradable
from autograder.model.errors import CourseError, GradebookError
from autograder.model.lab import Lab
from autograder.model.record import Result, Submission
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair.answered import answered_cells

MakeResult = Callable[..., Result]


def scores(db_url: str, student: str = "ada") -> dict[str, tuple[float | None, float | None, bool]]:
    """Grade id -> (automatic, manual, needs a person), as nbgrader itself reads them."""
    with Gradebook(db_url) as gradebook:
        notebook = gradebook.find_submission_notebook("mini", "mini", student)
        return {each.name: (each.auto_score, each.manual_score, each.needs_manual_grade) for each in notebook.grades}


def test_records_become_scores(store: Store, db_url: str, make_result: MakeResult) -> None:
    store.save(make_result())
    assert scores(db_url) == {
        "test_square": (2.0, None, False),
        "test_scale_length": (1.0, None, False),
        "test_scale_values": (2.0, None, False),
        "observe": (None, None, True),  # a written answer waits for a person
    }


def test_not_gradable_asks_for_a_person(store: Store, db_url: str, make_result: MakeResult) -> None:
    store.save(make_result(points=None))
    assert scores(db_url)["test_square"] == (None, None, True)


def test_a_missing_record_is_no_full_mark_and_no_zero(store: Store, db_url: str, make_result: MakeResult) -> None:
    result = make_result()
    store.save(replace(result, records=result.records[1:]))
    assert scores(db_url)["test_square"] == (None, None, True)


def test_an_empty_written_answer_is_zero_and_says_so(store: Store, db_url: str, make_result: MakeResult) -> None:
    store.save(make_result(written=False))
    assert scores(db_url)["observe"] == (0.0, None, False)
    with Gradebook(db_url) as gradebook:
        assert gradebook.find_comment("observe", "mini", "mini", "ada").comment == "No response."


def test_words_outside_the_cell_of_a_written_answer_wait_for_a_person(
    store: Store, db_url: str, lab: Lab, make_result: MakeResult
) -> None:
    result = make_result(written=False)
    notebook = json.loads(result.notebook)
    own = {"cell_type": "markdown", "id": "own", "metadata": {"autograder": {"role": "extra"}}, "source": "It grows."}
    notebook["cells"].append(own)
    store.save(replace(result, notebook=json.dumps(notebook), answered=answered_cells(notebook, parse_lab(lab))))
    assert scores(db_url)["observe"] == (None, None, True)
    with Gradebook(db_url) as gradebook:
        assert not gradebook.find_comment("observe", "mini", "mini", "ada").comment


def test_a_written_answer_that_nobody_could_read_is_no_zero(store: Store, db_url: str, lab: Lab) -> None:
    unreadable = Submission("ada", "mini", {"mini.ipynb": b"{"})
    store.save(not_gradable(unreadable, lab, "mini.ipynb is damaged: it breaks off before its end."))
    assert scores(db_url)["observe"] == (None, None, True)


def test_saving_twice_changes_nothing(store: Store, db_url: str, make_result: MakeResult) -> None:
    store.save(make_result())
    before = scores(db_url)
    store.save(make_result())
    assert scores(db_url) == before
    with store.engine.begin() as connection:
        assert connection.execute(text("select count(*) from grade")).scalar() == 4
        assert connection.execute(text("select count(*) from autograder_record")).scalar() == 3


def test_manual_work_is_never_touched(store: Store, db_url: str, make_result: MakeResult) -> None:
    store.save(make_result())
    with Gradebook(db_url) as gradebook:
        grade = gradebook.find_grade("observe", "mini", "mini", "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 0.5, 0.25, False
        gradebook.find_comment("observe", "mini", "mini", "ada").manual_comment = "Half right."
        gradebook.db.commit()
    store.save(make_result(points=0.0))
    assert scores(db_url)["observe"] == (None, 0.5, False)
    with Gradebook(db_url) as gradebook:
        assert gradebook.find_grade("observe", "mini", "mini", "ada").extra_credit == 0.25
        assert gradebook.find_comment("observe", "mini", "mini", "ada").comment == "Half right."


def test_a_changed_submission_asks_to_look_at_the_manual_grade_again(
    store: Store, db_url: str, make_result: MakeResult
) -> None:
    store.save(make_result())
    with Gradebook(db_url) as gradebook:
        grade = gradebook.find_grade("observe", "mini", "mini", "ada")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    store.save(replace(make_result(), submission_digest="another"))
    assert scores(db_url)["observe"] == (None, 0.5, True)


def test_late_penalty_comes_from_the_plug_in(db_url: str, lab: Lab, make_result: MakeResult) -> None:
    asked = []

    def penalty(student: str, score: float, late: float) -> float:
        asked.append((student, score, late))
        return 99.0

    store = Store(db_url, late_penalty=penalty)
    store.add_lab(lab)
    due = datetime.datetime(2026, 3, 1, 12)
    with Gradebook(db_url) as gradebook:
        gradebook.find_assignment("mini").duedate = due
        gradebook.db.commit()
    store.save(make_result("ada"), due - datetime.timedelta(hours=1))
    store.save(make_result("bob"), due + datetime.timedelta(hours=1))
    assert asked == [("bob", 5.0, 3600.0)]
    with Gradebook(db_url) as gradebook:
        assert gradebook.find_submission_notebook("mini", "mini", "ada").late_submission_penalty is None
        assert gradebook.find_submission_notebook("mini", "mini", "bob").late_submission_penalty == 5.0  # never below 0


def test_a_locked_gradebook_is_waited_for_then_named(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.gradebook.database.BUSY_SECONDS", 0.05)
    store = Store(sqlite_url)
    monkeypatch.setattr("autograder.gradebook.database.PATIENCE_SECONDS", 0.1)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match=r"locked.*run the same command again"):
            store.graded("mini")


def test_a_lock_that_is_given_back_costs_nothing(sqlite_url: str, lab: Lab, make_result: MakeResult) -> None:
    store = Store(sqlite_url)
    store.add_lab(lab)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(1.0, other.rollback)
    timer.start()
    store.save(make_result())
    timer.join()
    assert set(store.graded("mini")) == {"ada"}


def test_a_gradebook_that_is_deleted_meanwhile_is_noticed(sqlite_url: str, lab: Lab, make_result: MakeResult) -> None:
    store = Store(sqlite_url)
    store.add_lab(lab)
    store.save(make_result())
    Path(sqlite_url.removeprefix("sqlite:///")).unlink()
    with pytest.raises(GradebookError, match="cannot be used"):
        store.save(make_result("bob"))


def test_a_failed_save_leaves_no_trace(store: Store, make_result: MakeResult, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(store, "_save_comments", fail)
    with pytest.raises(OSError, match="space"):
        store.save(make_result())
    assert store.graded("mini") == {}
    with store.engine.begin() as connection:
        assert connection.execute(text("select count(*) from submitted_assignment")).scalar() == 0


def test_others_who_insert_the_same_rows_are_outlasted(store: Store) -> None:
    before = iter([IntegrityError("insert", {}, Exception("duplicate key"))] * 3)

    def work(connection: Connection) -> str:
        if (error := next(before, None)) is not None:
            raise error
        return "saved"

    assert store.transact_inserts(work) == "saved"


def test_a_cell_that_is_gone_from_the_lab_is_not_dropped_silently(store: Store, lab: Lab) -> None:
    source, release = (text.replace('"test_square"', '"test_other"') for text in (lab.source, lab.release))
    less = replace(lab, source=source, release=release)
    with pytest.raises(GradebookError, match=r"test_square of mini.*Put the cell back"):
        store.add_lab(less)


def test_nbgrader_and_the_store_agree_on_the_lab(store: Store, db_url: str) -> None:
    with Gradebook(db_url) as gradebook:
        notebook = gradebook.find_notebook("mini", "mini")
        assert {cell.name: cell.max_score for cell in notebook.grade_cells} == {
            "test_square": 2.0, "test_scale_length": 1.0, "test_scale_values": 2.0, "observe": 1.0
        }  # fmt: skip
        assert {cell.name for cell in notebook.solution_cells} == {"square", "scale", "observe"}
        assert gradebook.find_source_cell("square", "mini", "mini").source == "# your code here"


def test_opening_a_locked_or_damaged_gradebook_says_what_to_do(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.gradebook.database.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("autograder.gradebook.database.OPENING_SECONDS", 0.1)
    monkeypatch.setattr("autograder.gradebook.database.PATIENCE_SECONDS", 0.1)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match=r"locked\. Nothing is lost: close the program that holds it"):
            Store(sqlite_url)
    other.close()
    path.write_text("Not a gradebook, but long enough to be looked at.\n" * 100)
    with pytest.raises(GradebookError, match=r"not a database\. It is damaged, or not a gradebook: .* name another"):
        Store(sqlite_url)


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/gradebook.db", "nonsense://x", "rubbish", "postgresql://ada@localhost:port/x"]
)
def test_a_gradebook_that_cannot_be_opened_is_one_sentence(url: str) -> None:
    with pytest.raises(GradebookError, match=r"cannot be opened: .*\.$"):
        Store(url)


def test_what_an_answer_follows_from_is_kept(store: Store, make_result: MakeResult) -> None:
    result = make_result()
    first, second, *others = result.records
    records = (replace(first, follows=("square", "scale")), replace(second, carried=("square",)), *others)
    store.save(replace(result, records=records))
    with store.engine.begin() as connection:
        query = "select follows, carried from autograder_record order by position"
        assert connection.execute(text(query)).all() == [("square\nscale", ""), ("", "square"), ("", "")]


def test_a_gradebook_of_an_earlier_version_gets_the_new_columns(db_url: str, lab: Lab, make_result: MakeResult) -> None:
    with Store(db_url) as store:
        store.add_lab(lab)
        store.save(make_result("ada"))
        with store.engine.begin() as connection:
            for column in ("follows", "carried"):
                connection.execute(text(f"alter table autograder_record drop column {column}"))
    with Store(db_url) as store:
        store.add_lab(lab)
        store.save(make_result("bob"))
        with store.engine.begin() as connection:
            query = "select student, count(*) from autograder_record where follows = '' and carried = '' group by 1"
            assert sorted(connection.execute(text(query)).all()) == [("ada", 3), ("bob", 3)]
        assert set(store.graded("mini")) == {"ada", "bob"}


def test_a_lab_whose_release_is_of_another_build_is_refused(store: Store, lab: Lab) -> None:
    with pytest.raises(CourseError, match=r"test_other of source/mini is not in release/mini: build it again"):
        store.add_lab(replace(lab, source=lab.source.replace('"test_square"', '"test_other"')))
