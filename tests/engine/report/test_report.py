"""The report says what the gradebook holds, names nobody when it must not, and stands alone."""

from __future__ import annotations

import csv
import os
import re
import sqlite3
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.commands import cli
from autograder.gradebook.lateness import mark_late
from autograder.gradebook.statistics import class_statistics
from autograder.gradebook.statistics.values import ClassStatistics, Score
from autograder.gradebook.store import Store
from autograder.model.lab import Lab
from autograder.model.record import Result, Verdict
from autograder.report import pseudonyms
from autograder.report.page import MOST_ROWS, term_rows
from autograder.report.plots import distribution, sparkline
from tests.engine.fixtures.edition import LANGUAGE, write_edition
from tests.engine.fixtures.mini_lab import LAB
from tests.engine.report.conftest import DUE, verdicts

NAMES = ("ada", "bob", "cleo", "dan", "eve", "fay", "gus", "Lovelace")


def asked(url: str, *labs: str) -> ClassStatistics:
    """What the gradebook says."""
    with Store(url) as store:
        return class_statistics(store, labs)


@pytest.fixture
def statistics(db_url: str, fill: Callable[[str], None]) -> ClassStatistics:
    """What the gradebook of the class says, on SQLite and on PostgreSQL."""
    fill(db_url)
    return asked(db_url, LAB, "second")


def read(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def report(course: Path, *arguments: str) -> int:
    """Call the command."""
    return cli.main(["report", "--course-dir", str(course), *arguments])


def test_every_student_is_in_one_group_of_each_exercise(statistics: ClassStatistics) -> None:
    square = next(each for each in statistics.exercises if (each.lab, each.name) == (LAB, "square"))
    assert (square.solved, square.partial, square.wrong, square.unanswered, square.not_gradable) == (1, 0, 2, 1, 1)
    assert (square.submitted, square.answered) == (5, 4)
    assert square.share == pytest.approx(1 / 4)  # of ada, bob, cleo and eve: dan's is not decided


def test_times_are_of_those_who_answered(statistics: ClassStatistics) -> None:
    scale = next(each for each in statistics.exercises if (each.lab, each.name) == (LAB, "scale"))
    assert scale.p95_seconds == pytest.approx(1.0)  # two tests of half a second


def test_a_mistake_is_counted_out_of_those_who_answered(statistics: ClassStatistics) -> None:
    (mistake,) = statistics.mistakes
    assert (mistake.exercise, mistake.name, mistake.students, mistake.answered) == ("square", "doubled", 1, 4)


def test_what_is_not_decided_counts_neither_way(statistics: ClassStatistics) -> None:
    scores = {(score.student, score.lab): score for score in statistics.scores}
    dan = scores["<i>dan</i>", LAB]
    assert (dan.share, dan.waiting) == (None, 1)  # the tests that could not be judged are no written answers
    ada = scores["ada", LAB]
    assert (ada.points, ada.decided, ada.max_points, ada.waiting) == (5.0, 5.0, 6.0, 1)


def test_a_manual_grade_decides(db_url: str, statistics: ClassStatistics) -> None:
    with Gradebook(db_url) as gradebook:
        grade = gradebook.find_grade("observe", LAB, LAB, "ada")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    after = asked(db_url, LAB)
    ada = next(score for score in after.scores if score.student == "ada")
    assert (ada.points, ada.decided, ada.waiting) == (5.5, 6.0, 0)
    (written,) = after.written
    assert written.share == pytest.approx(0.5)
    assert written.waiting == statistics.written[0].waiting - 1


def test_who_has_not_started_and_who_was_late(statistics: ClassStatistics) -> None:
    assert statistics.missing(LAB) == ["fay", "gus"]
    assert statistics.unanswered[LAB] == ["cleo"]
    assert [(score.student, score.seconds_late) for score in statistics.scores if score.late] == [("bob", 3600.0)]


def test_what_an_lms_marks_as_late_is_late(db_url: str, make_result: Callable[..., Result], lab: Lab) -> None:
    """If no time is known; a time that is known decides."""
    with Store(db_url) as store:
        store.add_lab(lab)
        for student in ("ada", "bob", "cyd"):
            store.save(make_result(student), DUE if student == "cyd" else None)
        mark_late(store, LAB, {"ada": True, "bob": False, "cyd": True, "nobody": True})
        scores = class_statistics(store, [LAB]).scores
    assert [(score.student, score.late, score.seconds_late) for score in scores] == [
        ("ada", True, 0.0),
        ("bob", False, 0.0),
        ("cyd", False, 0.0),
    ]


def test_what_needs_a_look(statistics: ClassStatistics) -> None:
    assert {(each.student, each.kind) for each in statistics.attention} == {
        ("<i>dan</i>", "not gradable"),
        ("eve", "seen while running"),
        ("eve", "did not finish in time"),
    }
    assert len(statistics.attention) == 3  # a broken file is told once, not once a test


def test_page_and_csv_files(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(course) == 0
    page = (course / "report" / "class.html").read_text(encoding="utf-8")
    assert "You doubled x; multiply &lt;it&gt; by itself." in page
    assert "Reports &amp; &lt;more&gt;" in page
    assert "&lt;i&gt;dan&lt;/i&gt;" in page
    assert "<i>dan" not in page
    assert len(capsys.readouterr().out.split()) == 5
    rows = {row["student"]: row for row in read(course / "report" / "class-students.csv")}
    assert rows["bob"]["mini status"] == "waits for manual grading; late"
    assert '<li>bob <small class="soft">1 h late</small></li>' in page
    assert rows["cleo"]["mini status"] == "no answer"
    assert rows["gus"]["mini status"] == "not handed in"
    assert rows["gus"]["mini points"] == ""  # never a silent zero
    assert rows["ada"]["name"] == "'=Ada Lovelace"  # a spreadsheet must not run it
    assert [row["students"] for row in read(course / "report" / "class-mistakes.csv")] == ["1"]
    kinds = {(row["student"], row["kind"]) for row in read(course / "report" / "class-attention.csv")}
    assert ("ada", "manual grading waits") in kinds


def test_the_page_stands_alone_and_is_well_formed(course: Path) -> None:
    report(course)
    page = (course / "report" / "class.html").read_text(encoding="utf-8")
    assert not re.findall(r"""(?:src|href)=["'](?!#)|url\((?!#)|<script|@import""", page.replace("xlink:href", "href"))

    found: list[str] = []

    class Ids(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for key, value in attrs if key == "id")

    Ids().feed(page)
    assert len(found) == len(set(found))
    for target in re.findall(r"""(?:href="#|url\(#)([\w-]+)""", page):
        assert target in found, f"{target} is referred to and not there"
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        assert "<caption>" in table
        assert 'scope="col"' in table


def test_nobody_is_named_when_names_are_left_out(course: Path) -> None:
    assert report(course, "--anonymous") == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (course / "report").iterdir()}
    assert set(texts) == {"class-anonymous.html"} | {
        f"class-anonymous-{what}.csv" for what in ("students", "exercises", "mistakes", "attention")
    }
    for name, text in texts.items():
        for student in NAMES:
            assert not re.search(rf"\b{student}\b", text), f"{name} names {student}"


def test_pseudonyms_stay_and_cannot_be_tried_out(tmp_path: Path) -> None:
    key = pseudonyms.read_key(tmp_path)
    assert pseudonyms.read_key(tmp_path) == key
    assert pseudonyms.pseudonym("ada", key) == pseudonyms.pseudonym("ada", pseudonyms.read_key(tmp_path))
    assert pseudonyms.pseudonym("ada", key) != pseudonyms.pseudonym("ada", b"another course")
    assert (tmp_path / ".autograder" / "pseudonyms.key").stat().st_mode & 0o077 == 0


def test_pseudonyms_stand_in_an_order_of_their_own() -> None:
    scores = [Score(student, LAB, points, 9.0, 9.0) for student, points in (("ada", 1.0), ("bob", 2.0), ("cleo", 3.0))]
    named = ClassStatistics((LAB,), {"ada": "Ada", "bob": "", "cleo": ""}, scores, [], [], [], [], {LAB: ["ada"]})
    hidden = pseudonyms.without_names(named, b"key")
    assert list(hidden.students) == sorted(hidden.students)
    assert [score.student for score in hidden.scores] == list(hidden.students)
    assert {score.student: score.points for score in hidden.scores}[pseudonyms.pseudonym("bob", b"key")] == 2.0
    assert hidden.unanswered == {LAB: [pseudonyms.pseudonym("ada", b"key")]}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no_such_lab"], "No submission of no_such_lab is graded. Graded labs: mini, second."),
        (["-o", "report.pdf"], "end it in .html"),
        (["-o", "bad\udcff.html"], "use printable characters"),
        (["-o", "."], "end it in .html"),
        (["--db", "sqlite"], "cannot be opened"),
        (["--db", "postgresql://ada@localhost:port/x"], "cannot be opened"),
    ],
)
def test_bad_calls_end_in_one_sentence(
    course: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(course, *arguments) == 2
    assert sentence in capsys.readouterr().err
    assert not (course / "report").exists()


def test_without_a_gradebook_none_is_made(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "gradebook.db").unlink()
    assert report(course) == 2
    assert "run `autograder grade` first" in capsys.readouterr().err
    assert not (course / "gradebook.db").exists()


def test_only_ordinary_files_are_replaced(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe, link = course / "pipe.html", course / "link.html"
    os.mkfifo(pipe)
    link.symlink_to("elsewhere.html")
    for target in (pipe, link):
        assert report(course, "-o", str(target)) == 2
        assert f"{target} cannot be written (it exists and is not an ordinary file)" in capsys.readouterr().err
    assert pipe.is_fifo()
    assert not (course / "elsewhere.html").exists()


@pytest.mark.parametrize("table", ["autograder_run", "autograder_record", "grade"])
def test_a_damaged_gradebook_ends_in_one_sentence(course: Path, table: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = course / "gradebook.db"
    with sqlite3.connect(path) as gradebook:
        (page,) = gradebook.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()
        (size,) = gradebook.execute("pragma page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert report(course) == 2
    message = capsys.readouterr().err
    assert "malformed" in message
    assert "put a backup in its place" in message
    assert message.count("\n") == 1


def test_one_lab_alone(course: Path) -> None:
    assert report(course, LAB, "-o", str(course / "one.html")) == 0
    page = (course / "one.html").read_text(encoding="utf-8")
    assert "second" not in page
    assert (course / "one-students.csv").is_file()


def test_the_trend_is_the_last_lab_less_the_mean_of_the_earlier_ones() -> None:
    scores = [Score("a", lab, points, 10.0, 10.0) for lab, points in (("1", 2.0), ("2", 4.0), ("3", 9.0))]
    (row,) = term_rows(ClassStatistics(("1", "2", "3"), {"a": ""}, scores, [], [], [], []))
    assert row.trend == pytest.approx(0.6)
    assert row.share == pytest.approx(0.5)


def test_a_large_class_is_shown_in_part_and_written_in_full(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"s{number:05}": "" for number in range(10_000)}
    scores = [Score(student, LAB, float(number % 11), 10.0, 10.0) for number, student in enumerate(many)]
    monkeypatch.setattr(
        "autograder.commands.report.class_statistics", lambda *_: ClassStatistics((LAB,), many, scores, [], [], [], [])
    )
    assert report(course) == 0
    page = (course / "report" / "class.html").read_text(encoding="utf-8")
    assert f"The {MOST_ROWS} students with the lowest share" in page
    assert len(page) < 500_000
    assert len(read(course / "report" / "class-students.csv")) == len(many)


def test_a_plot_is_told_in_words_and_wears_the_pages_colours() -> None:
    plot = ElementTree.fromstring(distribution("a_lab", [0.1, 0.95, 1.2]))
    assert plot.get("role") == "img"
    words = {element.tag.rpartition("}")[2]: element.text for element in list(plot)[:2]}
    assert words["title"] == "a_lab: points reached"
    assert "10 to 20 %: 1, 90 to 100 %: 2" in str(words["desc"])
    assert "#0" not in ElementTree.tostring(plot, encoding="unicode")
    assert distribution("a_lab", [0.5]) == distribution("a_lab", [0.5])


def test_a_lab_that_is_not_handed_in_is_a_gap() -> None:
    assert sparkline([0.5, None, 1.0]).count("<circle") == 2


def test_a_consequence_of_an_earlier_exercise_is_no_unknown_mistake(
    db_url: str, lab: Lab, make_result: Callable[..., Result]
) -> None:
    def failed(student: str, follows: tuple[str, ...] = ()) -> Result:
        result = verdicts(make_result(student), scale=(Verdict.FAILED, None))
        return replace(result, records=tuple(replace(record, follows=follows) for record in result.records))

    with Store(db_url) as store:
        store.add_lab(lab)
        store.save(failed("ada"))
        store.save(failed("bob", follows=("square",)))
    counts = {each.name: each.uncatalogued for each in asked(db_url, LAB).exercises}
    assert counts == {"square": 0, "scale": 1}


def test_answers_that_count_with_an_error_carried_forward_are_counted(
    db_url: str, lab: Lab, make_result: Callable[..., Result]
) -> None:
    result = make_result("ada")
    records = tuple(replace(r, carried=("square",)) if r.exercise == "scale" else r for r in result.records)
    with Store(db_url) as store:
        store.add_lab(lab)
        store.save(replace(result, records=records))
        store.save(make_result("bob"))
    counts = {each.name: each.carried for each in asked(db_url, LAB).exercises}
    assert counts == {"square": 0, "scale": 1}


def test_a_report_in_another_language(course: Path) -> None:
    write_edition(course)
    assert report(course, "--language", LANGUAGE) == 0
    page = (course / "report" / "class.html").read_text(encoding="utf-8")
    assert '<html lang="uk">' in page
    assert "<h1>Звіт про групу</h1>" in page
    assert "студенти" in page
    assert report(course, "--language", "fr") == 2
