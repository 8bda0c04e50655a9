"""Due dates that move, extensions, students who go and come back, and students who are forgotten."""

from __future__ import annotations

import datetime
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.commands.cli import main
from autograder.course.config import load_course
from autograder.course.receipts import Receipt, write_receipt
from autograder.gradebook.statistics import class_statistics
from autograder.gradebook.store import Store
from autograder.grading import batch as batch_module
from autograder.grading.batch import Batch, Tally
from autograder.grading.executors import Pool
from autograder.grading.spool import Spool
from autograder.grading.worker_client import Settings
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Result, Submission
from tests.engine.fixtures.mini_course import hand_in, write_lab
from tests.engine.fixtures.mini_lab import answered

STUDENTS = ("ada", "bob")
HANDED_IN = datetime.datetime(2026, 3, 1, 12)  # by `hand_in`
PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin
class Rule(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 3
"""
Run = Callable[[], Tally]
Command = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in which two students have handed in, with a late penalty of 3 points."""
    write_lab(tmp_path)
    config = (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8")
    rule = "import latepen_of_test\nc.AssignLatePenalties.plugin_class = latepen_of_test.Rule\n"
    (tmp_path / "nbgrader_config.py").write_text(config + rule, encoding="utf-8")
    (tmp_path / "latepen_of_test.py").write_text(PLUGIN, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for student in STUDENTS:
        hand_in(tmp_path, student, answered())
    return tmp_path


@pytest.fixture
def run(root: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, make_result: Callable[..., Result]) -> Run:
    """Grades what needs it, with full marks in place of the sandbox."""

    def task(handed: Submission, _lab: Lab, _settings: Settings) -> Result:
        return make_result(handed.student, handed=handed)

    monkeypatch.setattr(batch_module, "grade_task", task)

    def grade() -> Tally:
        course = load_course(root)
        with (
            closing(Spool(root, course.autograded)) as spool,
            Store(course.db_url, "mini", course.late_penalty()) as store,
        ):
            batch = Batch(store, spool, pool, Settings(Limits()))
            return batch.run(course.pending(["mini"]), {"mini": course.lab("mini")}, lambda result: None)

    return grade


@pytest.fixture
def command(root: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a sub-command: exit status and all that it said."""

    def call(*words: object) -> tuple[int, str]:
        capsys.readouterr()
        status = main([*map(str, words), "--course-dir", str(root)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return call


def set_due(root: Path, hours_late: float) -> None:
    """Move the lab's due date to so many hours before everybody handed in."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        gradebook.update_or_create_assignment("mini", duedate=HANDED_IN - datetime.timedelta(hours=hours_late))


def penalties(root: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        return {
            each.student.id: each.late_submission_penalty or 0.0
            for each in gradebook.notebook_submissions("mini", "mini")
        }


def test_penalties_follow_the_due_date(root: Path, run: Run) -> None:
    """At the next run, though nothing has to be graded for it; and the run says so."""
    run()
    assert penalties(root) == {"ada": 0.0, "bob": 0.0}
    set_due(root, 2)
    tally = run()
    assert (tally.graded, tally.skipped) == (0, 2)
    assert penalties(root) == {"ada": 3.0, "bob": 3.0}
    assert [(lab, each.student, each.before, each.now) for lab, each in tally.penalties] == [
        ("mini", "ada", 0.0, 3.0),
        ("mini", "bob", 0.0, 3.0),
    ]
    set_due(root, -2)
    run()
    assert penalties(root) == {"ada": 0.0, "bob": 0.0}
    assert run().penalties == []


def test_export_follows_the_due_date(root: Path, run: Run, command: Command) -> None:
    set_due(root, 2)
    run()
    set_due(root, -2)
    said = command("export", "--lms", "csv", "--lab", "mini", "-o", root / "g.csv")[1]
    assert "late penalty: ada, mini: 0 in place of 3 points." in said


def test_a_penalty_that_cannot_be_computed_is_told(root: Path, run: Run, command: Command) -> None:
    """The plug-in is the course's own program: one sentence, no traceback."""
    run()
    set_due(root, 2)
    (root / "latepen_broken.py").write_text(PLUGIN.replace("return 3", "return 1 / 0"), encoding="utf-8")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8").replace("latepen_of_test", "latepen_broken"), encoding="utf-8")
    status, said = command("export", "--lms", "csv", "--lab", "mini", "-o", root / "g.csv")
    assert (status, said.count("\n")) == (2, 1)
    assert "The late penalty of ada cannot be computed by Rule (ZeroDivisionError" in said


def test_one_student_gets_more_time(root: Path, run: Run, command: Command) -> None:
    """Before or after something is handed in, by length or by end; the penalty follows at once."""
    set_due(root, 2)
    assert command("extend", "ada", "mini", "--hours", "1")[1].endswith("1:00 after the due date.\n")
    run()
    assert penalties(root) == {"ada": 3.0, "bob": 3.0}
    status, said = command("extend", "ada", "mini", "--days", "1")
    assert status == 0
    assert "ada can hand in mini until 2026-03-02 10:00 UTC, 1 day after the due date instead of 1:00:00." in said
    assert "Late penalty of ada: 0 in place of 3 points." in said
    assert penalties(root) == {"ada": 0.0, "bob": 3.0}
    said = command("extend", "ada", "mini", "--until", "2026-03-01 12:30", "--timezone", "Europe/Kyiv")[1]
    assert "2026-03-01 10:30 UTC" in said
    assert penalties(root)["ada"] == 3.0
    assert command("extend", "ada", "mini", "--none")[0] == 0
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        assert gradebook.find_submission("mini", "ada").extension is None


def test_an_extension_before_anything_is_handed_in(root: Path, run: Run, command: Command) -> None:
    set_due(root, 2)
    assert command("extend", "bob", "mini", "--days", "1")[0] == 0
    run()
    assert penalties(root) == {"ada": 3.0, "bob": 0.0}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("adda", "mini", "--days", "1"), "There is no student adda: did you mean ada?"),
        (("ada", "mini"), "Say how long"),
        (("ada", "mini", "--days", "1", "--none"), "Say how long"),
        (("ada", "mini", "--until", "soon"), "soon cannot be read as a time"),
        (("ada", "mini", "--until", "2026-05-01 12:00"), "mini has no due date"),
        (("ada", "mini", "--days", "99999"), "at most ten years later"),
        (("ada", "maxi", "--days", "1"), "Known labs: mini"),
    ],
)
def test_what_is_no_extension(words: tuple[str, ...], sentence: str, command: Command) -> None:
    status, said = command("extend", *words)
    assert (status, said.count("\n")) == (2, 1), said
    assert sentence in said


def test_removed_and_added_again_is_graded_again(root: Path, run: Run) -> None:
    """Removed by nbgrader, which knows nothing of the engine's tables; in between the student counts nowhere."""
    run()
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        gradebook.remove_student("ada")
    with Store(f"sqlite:///{root / 'gradebook.db'}") as store:
        assert {each.submitted for each in class_statistics(store, ["mini"]).exercises} == {1}
        assert set(store.graded("mini")) == {"bob"}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        gradebook.add_student("ada")
    tally = run()
    assert tally.graded + tally.restored == 1
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        assert gradebook.find_submission("mini", "ada").score == 5.0


# --- forgetting


@pytest.fixture
def told(root: Path, run: Run) -> Path:
    """A graded class with everything that there can be of a student."""
    run()
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        gradebook.update_or_create_student("ada", first_name="Ada", last_name="Lovelace", email="ada@example.org")
    for student in STUDENTS:
        write_receipt(root / "submitted", "mini", student, Receipt("moodle", f"{student}_1", "digest"))
        (root / "feedback" / student / "mini").mkdir(parents=True)
        (root / "feedback" / student / "mini" / "mini.html").write_text(student)
    (root / "submitted/.collecting/mini/ada.old").mkdir(parents=True)
    (root / "submitted/.unknown/mini/Ada_Lovelace__99_-0123").mkdir(parents=True)
    (root / ".autograder/autograder.log").write_text("ada, mini: the engine failed\nadalbert, mini: too\n")
    (root / "report").mkdir()
    (root / "report/class.html").write_text("<p>Ada Lovelace")
    return root


def traces(root: Path, word: bytes) -> list[str]:
    """Files whose names or contents still have the word."""
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if word in path.name.encode() or (path.is_file() and word in path.read_bytes())
    )


def test_nothing_is_left_of_who_is_forgotten(told: Path, command: Command) -> None:
    """But what only a person can make again, which is named; the others keep everything."""
    before = traces(told, b"bob")
    status, said = command("forget", "ada@example.org", "--yes")
    assert status == 0, said
    assert "ada is removed" in said
    assert "These still name the student: report/class.html" in said
    assert "submitted/.unknown/mini/Ada_Lovelace__99_-0123" in said
    (told / "report/class.html").unlink()
    assert traces(told, b"Lovelace") == ["submitted/.unknown/mini/Ada_Lovelace__99_-0123"]
    # A random id in the gradebook may have these letters, too: of it the name and the address tell.
    assert [name for name in traces(told, b"ada") if not name.endswith((".ipynb", ".log", ".db"))] == []
    assert traces(told, b"ada@example") == []
    assert (
        told / ".autograder/autograder.log"
    ).read_text() == "(removed), mini: the engine failed\nadalbert, mini: too\n"
    assert traces(told, b"bob") == before
    with Store(f"sqlite:///{told / 'gradebook.db'}") as store:
        statistics = class_statistics(store, ["mini"])
    assert list(statistics.students) == ["bob"]
    assert {each.submitted for each in statistics.exercises} == {1}


def test_forgetting_asks_first(told: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    before = traces(told, b"ada")
    for answer, status, sentence in (("n\n", 1, "Nothing was removed"), ("", 2, "add --yes")):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        got, said = command("forget", "ada")
        assert (got, sentence in said) == (status, True), said
        assert "submitted/ada" in said
    assert traces(told, b"ada") == before
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert command("forget", "ada")[0] == 0
    assert not (told / "submitted/ada").exists()


def test_a_link_is_removed_and_not_followed(
    told: Path, command: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "kept.txt").write_text("kept")
    (told / "submitted" / "eve").symlink_to(elsewhere, target_is_directory=True)
    assert command("forget", "eve", "--yes")[0] == 0
    assert (elsewhere / "kept.txt").is_file()
    assert not (told / "submitted" / "eve").is_symlink()


@pytest.mark.parametrize("student", ["nobody", "..", "ada/../bob", "", ".lms"])
def test_who_is_not_there_is_not_forgotten(student: str, told: Path, command: Command) -> None:
    before = traces(told, b"bob")
    status, said = command("forget", student, "--yes")
    assert (status, said.count("\n")) == (2, 1), said
    assert "There is no student" in said
    assert traces(told, b"bob") == before


def test_commands_in_a_fresh_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They say what to do, and make nothing."""
    write_lab(tmp_path)
    for words in (("extend", "ada", "mini", "--days", "1"), ("forget", "ada", "--yes"), ("similar", "mini")):
        assert main([*words, "--course-dir", str(tmp_path)]) == 2
        assert "autograder grade" in capsys.readouterr().err
    assert not (tmp_path / "gradebook.db").exists()


def test_points_by_a_person_below_a_passing_test_are_told(root: Path, run: Run, command: Command) -> None:
    run()
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "mini") as gradebook:
        gradebook.find_grade("test_square", "mini", "mini", "ada").manual_score = 0.5
        gradebook.find_grade("test_square", "mini", "mini", "bob").manual_score = 2.0
        gradebook.db.commit()
    with Store(f"sqlite:///{root / 'gradebook.db'}") as store:
        events = [event for event in class_statistics(store, ["mini"]).attention if "points by a person" in event.kind]
    assert [(event.student, event.what.partition(":")[0]) for event in events] == [
        ("ada", "test_square passes now (2 points), but the 0.5 that a person gave still count")
    ]


def test_a_new_gradebook_says_what_is_gone(root: Path, run: Run, command: Command) -> None:
    run()
    with sqlite3.connect(root / "gradebook.db") as connection:
        for table in ("grade", "comment", "submitted_notebook", "submitted_assignment", "student", "autograder_run"):
            connection.execute(f"delete from {table}")
    assert run().lost == 2
    assert run().lost == 0
