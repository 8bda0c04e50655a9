"""Lists of students as spreadsheets save them, and columns of which nobody knows which is meant."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.gradebook.store import Store
from autograder.lms.canvas import CANVAS
from autograder.lms.moodle import MOODLE
from autograder.lms.table import Table, read_table
from autograder.model.errors import LmsError
from tests.engine.fixtures.mini_lab import mini_lab
from tests.engine.lms.conftest import CANVAS as EXPORT

Command = Callable[..., tuple[int, str]]
HEADER, ADA = ["Student", "ID", "mini (77)"], ["Lovelace, Ada", "501", "3"]
SEMICOLONS = 'Student;ID;mini (77)\r\n"Lovelace, Ada";501;3\r\n'


@pytest.mark.parametrize(
    "data",
    [
        SEMICOLONS.encode(),
        SEMICOLONS.replace("\r\n", "\r").encode(),
        b"\xef\xbb\xbf" + SEMICOLONS.encode(),
        f"sep=;\r\n{SEMICOLONS}".encode(),
        f'"SEP=;"\n\n{SEMICOLONS}'.encode("utf-8-sig"),
        b"sep=,\nStudent,ID,mini (77)\n" + b'"Lovelace, Ada",501,3\n',
        SEMICOLONS.replace(";", "\t").encode("utf-16"),
        f"\r\n{SEMICOLONS};;\r\n".encode(),
        SEMICOLONS.replace("501;3", "501;3;; ;").encode(),
        b'"Student","ID","mini (77)"\n"Lovelace, Ada","=""501""","3"\n',
    ],
)
def test_the_same_whatever_saved_it(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    table = read_table(path)
    assert (table.header, table.rows) == (HEADER, [ADA])


def test_any_bytes_are_a_list_or_one_sentence(tmp_path: Path) -> None:
    dice, path, whole = random.Random(5), tmp_path / "list.csv", EXPORT.encode()
    sentences = []
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data[: dice.randrange(1, len(data))] if dice.random() < 0.2 else data)
        try:
            CANVAS.read_people(read_table(path))
        except LmsError as error:
            sentences.append(str(error))
    assert sentences
    assert "\n" not in "".join(sentences)


def test_rows_that_are_there_twice_are_taken_once(course: Path, command: Command, tmp_path: Path) -> None:
    """Where lists were put together, with the header of the second; what goes back to the LMS has each row once."""
    students, out = tmp_path / "list.csv", tmp_path / "grades.csv"
    lines = EXPORT.splitlines()
    students.write_text("\n".join([*lines, lines[0], lines[2] + " "]), encoding="utf-8")
    with Store(f"sqlite:///{course}/gradebook.db") as store:
        store.add_lab(mini_lab())
    options = ("--lms", "canvas", "--lab", "mini", "--students", students, "-o", out)
    status, said = command("export", *options)
    assert status == 0, said
    assert "The list of students has rows twice: 6 (like row 1), 7 (like row 3). Each was taken once." in said
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5


def test_two_people_of_one_name_are_not_one() -> None:
    """Nothing but the name identifies them: they are refused, as they would get one folder."""
    table = Table(["First name", "Last name", "Email address"], [["Ada", "Lovelace", ""]] * 2)
    assert len(MOODLE.read_people(table)) == 2
    assert table.notes == []


def test_a_comment_with_a_picture_in_it_is_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Student,ID\n{'a' * 200_000},1\n", encoding="utf-8")
    assert len(read_table(path).rows[0][0]) == 200_000


@pytest.mark.parametrize("column", ["ID", "SIS User ID", "SIS Login ID"])
def test_rounded_numbers_are_refused(column: str) -> None:
    """A spreadsheet made them: Canvas knows no such user, and several students may have the same."""
    table = Table(["Student", "ID", "SIS User ID", "SIS Login ID"], [["Lovelace, Ada", "501", "E12", "1e5"]])
    assert CANVAS.read_people(table)[0].lms_id == "501"
    for rounded in ("1.0543E+16", "1,0543e+16", "1E+16"):
        table.rows[0][table.header.index(column)] = rounded
        with pytest.raises(LmsError, match=r"In the column .* a spreadsheet rounded a number to 1"):
            CANVAS.read_people(table)


@pytest.mark.parametrize(
    ("headings", "title", "found"),
    [
        (("Lab 1 (10)", "Lab 1 (11)"), "Lab 1", None),
        (("Essay (1)", "1 (77)"), "1", None),
        (("Lab 1 (10)", "Lab 1 (11)"), "lab 1 (11)", "Lab 1 (11)"),
        (("Lab 1 (10)", "Lab 1 (11)"), "11", "Lab 1 (11)"),
        (("Essay (1)", "1 (77)"), "Essay", "Essay (1)"),
        (("Essay (1)", "1 (77)"), "77", "1 (77)"),
        ((" Lab 1 (10)", "Lab 10 (1)"), "Lab 1", "Lab 1 (10)"),
        (("Lab 1 (10) ", "Lab 10 (1)"), "Lab 1 (10)", "Lab 1 (10)"),
        (("Lab 1 (10)", "Lab 1 (10)"), "Lab 1 (10)", None),
    ],
)
def test_two_assignments_of_one_title_are_refused(headings: tuple[str, str], title: str, found: str | None) -> None:
    """With their numbers, by which either can be chosen."""
    table = Table(["Student", "ID", *headings], [["Lovelace, Ada", "501", "3", ""]])
    people = CANVAS.read_people(table)
    if found is None:
        with pytest.raises(LmsError) as caught:
            CANVAS.fill_grades(table, people, {"mini": {}}, {"mini": title})
        assert all(heading.strip() in str(caught.value) for heading in headings)
    else:
        filled, _ = CANVAS.fill_grades(table, people, {"mini": {}}, {"mini": title})
        assert filled.header == ["Student", "ID", found]


def test_an_assignment_that_a_student_does_not_have_stays_so(course: Path, command: Command, tmp_path: Path) -> None:
    """Like EX, also where a missing submission becomes a zero."""
    students, out = tmp_path / "list.csv", tmp_path / "grades.csv"
    students.write_text(EXPORT.replace(",EX,", ",N/A,").replace("3.5", ""), encoding="utf-8")
    with Store(f"sqlite:///{course}/gradebook.db") as store:
        store.add_lab(mini_lab())
    options = ("--lms", "canvas", "--lab", "mini", "--students", students, "-o", out, "--zero-missing")
    status, said = command("export", *options)
    assert (status, "Emmy Noether has no mini in Canvas (N/A)." in said) == (0, True), said
    grades = [line.rpartition(",")[2] for line in out.read_text(encoding="utf-8").splitlines()[2:]]
    assert grades == ["0.00", "0.00", "N/A"]
