"""Collected, graded, exported: every number arrives in its cell, and nothing open becomes a zero."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.commands.cli import main
from autograder.course.config import load_course
from autograder.files.spreadsheets import defused
from autograder.gradebook.store import Store
from autograder.lms.table import read_table
from autograder.model.record import Record, Result, Verdict
from autograder.model.result import submission_digest
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair.answered import answered_cells
from examples.people import PEOPLE
from tests.engine.fixtures.mini_lab import ANSWERS, answered
from tests.engine.lms.conftest import packed

Command = Callable[..., tuple[int, str]]
SAMPLES = Path(__file__).parents[3] / "docs" / "samples"


def notebook(observed: bool) -> str:
    """A hand-in, with or without the written answer."""
    return json.dumps(answered(ANSWERS if observed else {key: ANSWERS[key] for key in ("square", "scale")}))


def grade(root: Path, share: dict[str, float | None]) -> None:
    """Save results as grading would: this share of each test's points, ``None`` for not gradable."""
    course = load_course(root)
    lab = course.lab("mini")
    with Store(course.db_url, course.coursedir.course_id) as store:
        store.add_lab(lab)
        for handed in course.pending(["mini"]):
            if handed.student not in share:
                continue
            part = share[handed.student]
            submission = handed.read()
            records = tuple(
                Record(
                    "mini",
                    cell.exercise,
                    cell.grade_id,
                    Verdict.NOT_GRADABLE if part is None else Verdict.PASSED,
                    None if part is None else part * cell.points,
                    cell.points,
                    message="It cannot be read." if part is None else "",
                )
                for cell in parse_lab(lab).tests
            )
            text = submission.files["mini.ipynb"].decode()
            digest = submission_digest(submission)
            answered = answered_cells(json.loads(text), parse_lab(lab))
            result = Result(
                handed.student,
                "mini",
                records,
                text,
                answered=answered,
                submission_digest=digest,
                lab_digest=lab.digest,
            )
            store.save(result, handed.timestamp)


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file, row by row."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def moodle_class(course: Path, collect: Command, worksheet: Callable[..., Path]) -> Path:
    """Ada wrote everything, Kurt left the written answer out, Emmy handed nothing in."""
    names = ("Ada Lovelace_101", "Kurt Gödel_102")
    files = {f"{name}_assignsubmission_file/mini.ipynb": notebook(name.startswith("Ada")) for name in names}
    assert collect(packed(files), worksheet())[0] == 0
    return course


def score_written(root: Path, student: str, points: float) -> None:
    """What a person does in the formgrader."""
    course = load_course(root)
    with Gradebook(course.db_url, course.coursedir.course_id) as gradebook:
        grade = gradebook.find_grade("observe", "mini", "mini", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def test_round_trip_moodle(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """Full marks wait for the written answer; its absence is a zero that nobody has to confirm."""
    grade(moodle_class, {"ada": 1.0, "kurt": 0.5})
    out = tmp_path / "grades.csv"
    arguments = ("export", "--lms", "moodle", "--lab", "mini", "--students", worksheet(), "-o", out)
    status, said = command(*arguments)
    assert status == 1
    assert "Ada Lovelace, mini: waits for manual grading. Open in the formgrader: observe." in said
    ada, kurt, emmy = rows(out)
    assert (ada["Grade"], kurt["Grade"], emmy["Grade"]) == ("", "2.50", "")
    assert kurt["Feedback comments"] == "Points: square 1 of 2; scale 1.5 of 3; observe 0 of 1"
    assert emmy["Feedback comments"] == "Come, see me"
    assert [row["status"] for row in rows(tmp_path / "grades.status.csv")] == [
        "waits for manual grading",
        "graded",
        "not handed in",
    ]
    score_written(moodle_class, "ada", 0.75)
    status, said = command(*arguments)
    assert status == 0
    assert "2 graded, 1 not handed in" in said
    assert rows(out)[0]["Grade"] == "5.75"


def test_the_worksheet_keeps_its_shape(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """All columns, rows and quoted cells as they were, but for Grade and our comment."""
    grade(moodle_class, {"kurt": 1.0})
    out = tmp_path / "grades.csv"
    path = worksheet()
    command("export", "--lms", "moodle", "--lab", "mini", "--students", path, "-o", out)
    before, after = read_table(path), read_table(out)
    assert (after.header, after.delimiter, after.bom, after.newline) == (before.header, ",", False, "\n")
    changed = {
        (number, before.header[column])
        for number, (old, new) in enumerate(zip(before.rows, after.rows, strict=True))
        for column, (was, now) in enumerate(zip(old, new, strict=True))
        if was != now
    }
    assert changed == {(1, "Grade"), (1, "Feedback comments")}


def test_decimal_commas_and_another_maximum(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """Moodle reads numbers in the teacher's language; scores are given out of its maximum, and that is said."""
    grade(moodle_class, {"ada": 1.0, "kurt": 1.0})
    path = worksheet()
    path.write_text(path.read_text().replace("6.00", '"100,00"'))
    out = tmp_path / "grades.csv"
    _, said = command("export", "--lms", "moodle", "--lab", "mini", "--students", path, "-o", out)
    assert "out of 100 (Moodle's maximum grade) instead of the lab's 6" in said
    assert rows(out)[1]["Grade"] == "83,33"


def test_more_than_moodle_takes(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """Extra credit above the maximum would be dropped without a word: it is said."""
    grade(moodle_class, {"ada": 1.0})
    score_written(moodle_class, "ada", 3.0)
    out = tmp_path / "grades.csv"
    _, said = command("export", "--lms", "moodle", "--lab", "mini", "--students", worksheet(), "-o", out)
    assert "Ada Lovelace has 8, more than 6.00: Moodle takes no such grade." in said


@pytest.mark.parametrize("name", ["publish", "collect", "export", "feedback"])
def test_help_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Which begins with the command itself."""
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert f"example: autograder {name} " in capsys.readouterr().out


def test_not_graded_and_not_gradable(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """Each with what to do, and no grade."""
    grade(moodle_class, {"kurt": None})
    out = tmp_path / "grades.csv"
    status, said = command("export", "--lms", "moodle", "--lab", "mini", "--students", worksheet(), "-o", out)
    assert status == 1
    assert "Ada Lovelace, mini: not graded yet. Run `autograder grade mini`." in said
    assert "Kurt Gödel, mini: not gradable. It cannot be read. Score it by hand in the formgrader." in said
    assert [row["Grade"] for row in rows(out)] == ["", "", ""]


def test_handed_in_again_after_grading(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """The grade of the old version is not exported for the new one."""
    grade(moodle_class, {"ada": 1.0, "kurt": 1.0})
    (moodle_class / "submitted/kurt/mini/mini.ipynb").write_text("{}")
    out = tmp_path / "grades.csv"
    _, said = command("export", "--lms", "moodle", "--lab", "mini", "--students", worksheet(), "-o", out)
    assert "Kurt Gödel, mini: not graded yet. A newer version was handed in than was graded" in said
    assert rows(out)[1]["Grade"] == ""


def test_zeros_only_when_asked_for(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """--zero-missing speaks of those who handed nothing in, and of nobody else."""
    out = tmp_path / "grades.csv"
    grade(moodle_class, {"ada": 1.0})
    command("export", "--lms", "moodle", "--lab", "mini", "--students", worksheet(), "-o", out, "--zero-missing")
    assert [row["Grade"] for row in rows(out)] == ["", "", "0.00"]


def test_round_trip_canvas(
    course: Path, collect: Command, command: Command, gradebook_csv: Path, tmp_path: Path
) -> None:
    """Only students' columns and the lab's; EX stays, an open grade leaves what Canvas has."""
    names = ("lovelaceada_501_9001", "gödelkurt_502_9002", "noetheremmy_503_9003")
    files = {f"{name}_mini.ipynb": notebook(name.startswith("gödel")) for name in names}
    assert collect(packed(files), gradebook_csv, lms="canvas")[0] == 0
    grade(course, {"ada": 1.0, "kurt": 1.0, "emmy": 1.0})
    out = tmp_path / "grades.csv"
    status, said = command("export", "--lms", "canvas", "--lab", "mini", "--students", gradebook_csv, "-o", out)
    assert status == 1  # Kurt's written answer waits
    assert "Emmy Noether is excused from mini in Canvas and stays so." in said
    assert out.read_text(encoding="utf-8").splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,mini (77)",
        "    Points Possible,,,,,6",
        '"Lovelace, Ada",501,u1,ada,S1,5.00',
        '"Gödel, Kurt",502,u2,kurt,S1,3.5',
        '"Noether, Emmy",503,u3,emmy,S1,EX',
    ]
    for title in ("Essay", "78", "essay (78)"):
        command("export", "--lms", "canvas", "--lab", f"mini={title}", "--students", gradebook_csv, "-o", out)
        assert rows(out)[1]["Essay (78)"] == "16.67"


def test_csv_for_everybody_else(moodle_class: Path, command: Command, tmp_path: Path) -> None:
    """No list is needed: the gradebook knows the names."""
    grade(moodle_class, {"ada": 1.0, "kurt": 0.5})
    out = tmp_path / "grades.csv"
    assert command("export", "--lms", "csv", "--lab", "mini", "-o", out)[0] == 1
    by_name = {row["student"]: row for row in rows(out)}
    assert by_name["kurt"]["name"] == "Kurt Gödel"
    assert (by_name["kurt"]["score"], by_name["kurt"]["max_score"]) == ("2.5", "6")
    assert (by_name["ada"]["score"], by_name["ada"]["status"]) == ("", "waits for manual grading")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--lms", "moodle", "--lab", "mini"), "needs --students"),
        (("--lms", "moodle", "--lab", "mini", "nolab"), "There is no source/nolab"),
        (("--lms", "canvas", "--lab", "mini", "--students", "WORKSHEET"), "has no Student and ID column"),
        (("--lms", "moodle", "--lab", "mini", "--students", "EXPORT"), "language set to English"),
        (("--lms", "canvas", "--lab", "mini=Lab 9", "--students", "EXPORT"), "there are: mini (77), Essay (78)"),
    ],
)
def test_what_cannot_be_exported(
    options: tuple[str, ...],
    sentence: str,
    moodle_class: Path,
    command: Command,
    worksheet: Callable[..., Path],
    gradebook_csv: Path,
    tmp_path: Path,
) -> None:
    """One clear sentence, and no file."""
    grade(moodle_class, {"ada": 1.0})
    lists = {"WORKSHEET": worksheet(), "EXPORT": gradebook_csv}
    out = tmp_path / "out" / "grades.csv"
    out.parent.mkdir()
    status, said = command("export", *(lists.get(option, option) for option in options), "-o", out)
    assert status == 2
    assert sentence in said
    assert not list(out.parent.iterdir())


def test_only_ordinary_files_are_replaced(moodle_class: Path, command: Command, tmp_path: Path) -> None:
    grade(moodle_class, {"ada": 1.0})
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to("elsewhere")
    before = set(tmp_path.iterdir())
    for name, options in (("export", ("--lms", "csv")), ("feedback", ("--lms", "canvas"))):
        for target in (pipe, link, tmp_path, Path()):
            status, said = command(name, *options, "--lab", "mini", "-o", target)
            assert (status, said.count("\n"), "is not an ordinary file" in said) == (2, 1, True), said
    assert pipe.is_fifo()
    assert set(tmp_path.iterdir()) == before


def test_a_hand_in_that_no_gradebook_can_hold_is_named(moodle_class: Path, command: Command, tmp_path: Path) -> None:
    grade(moodle_class, {"ada": 1.0})
    (moodle_class / "submitted" / os.fsdecode(b"bad\xff") / "mini").mkdir(parents=True)
    status, said = command("export", "--lms", "csv", "--lab", "mini", "-o", tmp_path / "grades.csv")
    assert (status, "no grade: bad\\xff: the folder's name" in said) == (1, True), said


def test_the_longest_names(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    grade(moodle_class, {"ada": 1.0})
    assert command("export", "--lms", "csv", "--lab", "mini", "-o", tmp_path / ("x" * 254))[0] == 1
    assert (tmp_path / ("x" * 254)).is_file()
    options = ("--lms", "moodle", "--lab", "mini", "--students", worksheet())
    status, said = command("export", *options, "-o", tmp_path / f"{'y' * 250}.csv")  # no room for .status.csv
    assert (status, said.count("\n"), "File name too long" in said) == (2, 1, True), said


def test_formulas_are_defused_and_ids_are_not_touched(
    moodle_class: Path, command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """A name that is a formula gets an apostrophe; Moodle finds its students by Identifier, which stays."""
    path = worksheet()
    path.write_text(
        path.read_text().replace("Kurt Gödel", '"=HYPERLINK(""http://x"")"').replace("kurt@", "\uff1dkurt@")
    )
    grade(moodle_class, {"kurt": 1.0})
    out = tmp_path / "grades.csv"
    command("export", "--lms", "moodle", "--lab", "mini", "--students", path, "-o", out)
    row = rows(out)[1]
    assert (row["Identifier"], row["ID number"], row["Grade"]) == ("Participant 102", "kurt", "5.00")
    assert row["Full name"] == '\'=HYPERLINK("http://x")'
    assert row["Email address"].startswith("'\uff1dkurt@")
    assert row["Last modified (grade)"] == "-"
    assert [defused(text) for text in ("=1", "+x", "@x", "-x", "\t=1", "-", "-1.5", "+12 %", "Ada", "")] == [
        *("'=1", "'+x", "'@x", "'-x", "'\t=1", "-", "-1.5", "+12 %", "Ada", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(" =1+1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\x00=1", "\n=1", "\tada", "\rada", " \t ada"),
        *("\uff1d1+1", " \uff1d1", "\uff0b1+1", "\uff0d1+1", "\uff20ada", "\ufe661", "\ufe6bada"),
    ],
)
def test_disguised_formulas_are_defused(text: str) -> None:
    """Behind blanks that a spreadsheet drops, in full width, after a tab or a carriage return."""
    assert defused(text) == f"'{text}"


def test_samples_are_of_the_example_class() -> None:
    """Every student of the example class is in every sample list, under the id that the class uses."""
    ids = {person.name for person in PEOPLE}
    for name, column in (
        ("moodle_grading_worksheet.csv", "ID number"),
        ("moodle_participants.csv", "ID number"),
        ("canvas_gradebook.csv", "SIS Login ID"),
    ):
        assert {row[column] for row in rows(SAMPLES / name)} - {""} == ids
