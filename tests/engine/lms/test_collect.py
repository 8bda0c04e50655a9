"""Bulk downloads -> submitted/: whose it is, which version it is, and what it is called."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from autograder.lms.canvas import CANVAS
from autograder.lms.people import name_key, safe_id
from autograder.lms.table import read_table
from tests.engine.lms.conftest import EARLY, LATER, WORKSHEET, packed

Command = Callable[..., tuple[int, str]]
ADA, KURT = "Ada Lovelace_101_assignsubmission_file", "Kurt Gödel_102_assignsubmission_file"


@pytest.mark.parametrize(
    "name",
    [
        f"{ADA}/mini.ipynb",
        f"{ADA}_/mini.ipynb",
        f"{ADA}_mini.ipynb",
        f"{ADA}/mini (1).ipynb",
        f"{ADA}/Mini-Copy1.ipynb",
        f"{ADA}/work/my answers.ipynb",
        f"{ADA}/mini.ipynb ",
        f"{ADA}/mini.IPYNB.",
    ],
)
def test_every_form_of_moodle(name: str, course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """Folders with and without the last underscore, flat names, and students' own names for the only notebook."""
    status, said = collect(packed({name: "{}"}), worksheet())
    assert status == 0, said
    folder = course / "submitted/ada/mini"
    assert sorted(path.name for path in folder.iterdir()) == ["mini.ipynb", "timestamp.txt"]
    assert (folder / "timestamp.txt").read_text() == "2026-03-13 17:58:00 UTC\n"


def test_names_and_accounts_reach_the_gradebook(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """First and last name, address and id in the LMS, for those who handed in."""
    collect(packed({f"{KURT}/mini.ipynb": "{}"}), worksheet())
    with create_engine(f"sqlite:///{course / 'gradebook.db'}").connect() as connection:
        rows = connection.execute(text("select id, first_name, last_name, email, lms_user_id from student")).all()
    assert [tuple(row) for row in rows] == [("kurt", "Kurt", "Gödel", "kurt@example.org", "kurt")]


def test_newer_replaces_whole_and_older_never(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """The first version's extra file goes with it; the older download changes nothing."""
    first = packed({f"{ADA}/mini.ipynb": "1", f"{ADA}/data/a.csv": "1"}, (2026, 3, 13, 17, 58, 0))
    second = packed({f"{ADA}/mini.ipynb": "2"}, (2026, 3, 14, 9, 5, 0))
    folder = course / "submitted/ada/mini"
    assert collect(first, worksheet())[0] == 0
    assert (folder / "data/a.csv").read_text() == "1"
    assert "1 taken" in collect(second, worksheet(LATER))[1]
    assert sorted(path.name for path in folder.iterdir()) == ["mini.ipynb", "timestamp.txt"]
    assert "1 unchanged" in collect(second, worksheet(LATER))[1]
    status, said = collect(first, worksheet(EARLY))
    assert status == 1
    assert "older than what is there" in said
    assert (folder / "mini.ipynb").read_text() == "2"
    assert "1 taken" in collect(first, worksheet(EARLY), "--replace")[1]
    assert (folder / "mini.ipynb").read_text() == "1"


def test_what_came_otherwise_is_kept(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """A folder without receipt and time may be newer: only --replace takes its place."""
    folder = course / "submitted/ada/mini"
    folder.mkdir(parents=True)
    (folder / "mini.ipynb").write_text("by hand")
    status, said = collect(packed({f"{ADA}/mini.ipynb": "{}"}), worksheet())
    assert status == 1
    assert "nothing tells whether this is newer" in said
    assert (folder / "mini.ipynb").read_text() == "by hand"


def test_unknown_students_are_put_aside(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """Named, kept, and no submission of anybody."""
    data = packed({"Eve Adams_999_assignsubmission_file/mini.ipynb": "eve", f"{ADA}/mini.ipynb": "{}"})
    status, said = collect(data, worksheet())
    assert status == 1
    assert "Eve Adams (999): the list of students does not have this student" in said
    (aside,) = (course / "submitted/.unknown/mini").iterdir()
    assert str(aside) in said
    assert (aside / "mini.ipynb").read_text() == "eve"
    assert [path.name for path in (course / "submitted").glob("[!.]*")] == ["ada"]


def test_a_number_whose_name_is_another_is_put_aside(
    course: Path, collect: Command, worksheet: Callable[..., Path], gradebook_csv: Path
) -> None:
    """A group's number may be that of a stranger."""
    end = "assignsubmission_file/mini.ipynb"
    data = packed({f"Group A_102_{end}": "group", f"Grace Hopper_101_{end}": "grace"})
    status, said = collect(data, worksheet())
    assert status == 1
    assert "Group A (102): the number is that of Kurt Gödel in the list, and the name is not" in said
    assert "Grace Hopper (101): the number is that of Ada Lovelace" in said
    assert not list((course / "submitted").glob("[!.]*"))
    data = packed({"hoppergrace_501_9_mini.ipynb": "{}"})
    assert "the number is that of Ada Lovelace" in collect(data, gradebook_csv, lms="canvas")[1]


NAMES = (
    *("Gödel Kurt", "Kurt Go\u0308del", "Kurt G\u00f6del".encode("cp1252").decode("cp437")),
    *("Seminar 2-Kurt Gödel", "Participant", "Seminar 2-Participant"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_another_form_is_the_students(
    name: str, course: Path, collect: Command, worksheet: Callable[..., Path]
) -> None:
    """In another order or encoding, behind a group's name, or left out."""
    status, said = collect(packed({f"{name}_102_assignsubmission_file/mini.ipynb": "{}"}), worksheet())
    assert (status, (course / "submitted/kurt/mini/mini.ipynb").exists()) == (0, True), said


def test_a_time_and_a_secret_of_a_students_own_are_left_out(
    course: Path, collect: Command, gradebook_csv: Path, tmp_path: Path
) -> None:
    """Only the LMS tells when something was handed in."""
    early = "2026-03-01 08:00:00 UTC"
    files = {"lovelaceada_LATE_501_9001_mini.ipynb": "{}", "lovelaceada_LATE_501_9002_timestamp.txt": early}
    only = {"noetheremmy_503_9003_Timestamp.TXT": early, "noetheremmy_503_9004_submission_secret.txt": "x"}
    status, said = collect(packed(files | only), gradebook_csv, lms="canvas")
    assert status == 1
    assert "lovelaceada (501), ada: left out timestamp.txt, which nbgrader would take for its own." in said
    assert "noetheremmy (503), emmy: nothing was handed in but files with names of nbgrader's own" in said
    assert [path.name for path in (course / "submitted/ada/mini").iterdir()] == ["mini.ipynb"]
    participants = tmp_path / "participants.csv"
    participants.write_text("First name,Last name,ID number\nKurt,Gödel,kurt\n", encoding="utf-8")
    collect(
        packed({f"{KURT}/mini.ipynb": "{}", f"{KURT}/timestamp.txt": early, f"{KURT}/a/timestamp.txt": ""}),
        participants,
    )
    assert sorted(path.name for path in (course / "submitted/kurt/mini").iterdir()) == ["a", "mini.ipynb"]


MACOS = {
    f"submissions/{ADA}/mini.ipynb": "{}",
    f"submissions/{ADA}/.DS_Store": "",
    f"__MACOSX/submissions/{ADA}/._mini.ipynb": "",
    "submissions/.DS_Store": "",
    "__MACOSX/._submissions": "",
    "submissions/Kurt Go\u0308del_102_assignsubmission_file/mini.ipynb": "{}",
}
WINDOWS = {
    f"{ADA}\\mini.ipynb": "{}",
    f"{ADA}\\Thumbs.db": "",
    "Kurt G\u00f6del_102_assignsubmission_file\\mini.ipynb".encode().decode("cp437"): "{}",
    "Kurt G\u00f6del_102_assignsubmission_file\\".encode().decode("cp437"): "",
}
DEEPER = {f"Downloads\\submissions\\{name}": content for name, content in WINDOWS.items()}
ONE_FLAT = {f"submissions/{ADA}_mini.ipynb": "{}", f"submissions/{KURT}_mini.ipynb": "{}"}


@pytest.mark.parametrize("files", [MACOS, WINDOWS, DEEPER, ONE_FLAT])
def test_archives_that_were_packed_again(
    files: dict[str, str], course: Path, collect: Command, worksheet: Callable[..., Path]
) -> None:
    """By macOS or Windows, with a folder above, and with what they add."""
    status, said = collect(packed(files), worksheet())
    assert (status, "2 taken, 0 unchanged, 0 kept as they were, 0 refused" in said) == (0, True), said
    for student in ("ada", "kurt"):
        names = sorted(path.name for path in (course / "submitted" / student / "mini").iterdir())
        assert names == ["mini.ipynb", "timestamp.txt"]


def test_a_canvas_archive_that_was_packed_again(course: Path, collect: Command, gradebook_csv: Path) -> None:
    name = "lovelaceada_501_9001_mini.ipynb"
    data = packed({f"submissions/{name}": "{}", f"__MACOSX/submissions/._{name}": "x", "submissions/.DS_Store": ""})
    assert collect(data, gradebook_csv, lms="canvas")[0] == 0
    assert [path.name for path in (course / "submitted/ada/mini").iterdir()] == ["mini.ipynb"]


def test_list_of_participants(course: Path, collect: Command, tmp_path: Path) -> None:
    """By name, in either order; namesakes are not guessed."""
    students = tmp_path / "participants.csv"
    students.write_text(
        "\ufeffFirst name;Last name;ID number;Email address\n"
        "Ada;Lovelace;;ada@example.org\nEmmy;O'Neill;emmy;\nJo;Doe;jo1;\nJo;Doe;jo2;\n",
        encoding="utf-8",
    )
    end = "assignsubmission_file/mini.ipynb"
    data = packed({f"Lovelace Ada_101_{end}": "1", f"Emmy ONeill_7_{end}": "2", f"Jo Doe_8_{end}": "3"})
    status, said = collect(data, students)
    assert status == 1
    assert "Jo Doe (8): several students of the list have this name" in said
    assert sorted(path.name for path in (course / "submitted").glob("[!.]*")) == ["ada@example.org", "emmy"]
    assert not (course / "submitted/emmy/mini/timestamp.txt").exists()


def test_ids_are_kept_whichever_list_is_read(
    course: Path, collect: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """A list without ID numbers finds the same student by address."""
    collect(packed({f"{ADA}/mini.ipynb": "1"}), worksheet())
    students = tmp_path / "participants.csv"
    students.write_text("First name,Last name,Email address\nAda,Lovelace,Ada@example.org\n")
    newer = packed({f"{ADA}/mini.ipynb": "2"}, (2026, 4, 1, 0, 0, 0))
    assert "1 taken" in collect(newer, students)[1]
    assert (course / "submitted/ada/mini/mini.ipynb").read_text() == "2"


def test_canvas(course: Path, collect: Command, gradebook_csv: Path) -> None:
    """By the user's number; the number that Canvas adds to a second upload goes; late ones are named."""
    data = packed(
        {
            "lovelaceada_501_9001_mini-2.ipynb": "{}",
            "lovelaceada_501_9002_data_1.csv": "1",
            "gödelkurt_LATE_502_9003_mini.ipynb": "{}",
            "noetheremmy_503_text.html": "<p>",
        }
    )
    status, said = collect(data, gradebook_csv, lms="canvas")
    assert status == 0, said
    assert sorted(path.name for path in (course / "submitted/ada/mini").iterdir()) == ["data_1.csv", "mini.ipynb"]
    assert "gödelkurt (502), kurt" in said
    assert "no uploads (typed texts, links, comments): 1." in said
    receipt = json.loads((course / "submitted/.lms/mini/ada.json").read_text())
    assert (receipt["label"], receipt["serial"]) == ("lovelaceada_501_9001_mini-2.ipynb", 9002)
    older = packed({"lovelaceada_501_8000_mini.ipynb": "old"})
    assert "older than what is there" in collect(older, gradebook_csv, lms="canvas")[1]


def test_several_notebooks_are_left_to_grading(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """The one with the lab's name is the notebook; otherwise all keep their names, and grading compares them."""
    collect(
        packed({f"{ADA}/mini.ipynb": "1", f"{ADA}/mini-old.ipynb": "2", f"{KURT}/a.ipynb": "", f"{KURT}/b.ipynb": ""}),
        worksheet(),
    )
    assert (course / "submitted/ada/mini/mini.ipynb").read_text() == "1"
    assert (course / "submitted/ada/mini/mini-old.ipynb").is_file()
    assert sorted(path.name for path in (course / "submitted/kurt/mini").glob("*.ipynb")) == ["a.ipynb", "b.ipynb"]


def test_a_name_that_is_too_long_is_shortened(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """Two long names stay two files; nothing is lost for the sake of a name."""
    long = "ä" * 150
    files = {f"{ADA}/mini.ipynb": "{}", f"{ADA}/{long}1.csv": "1", f"{ADA}/{long}2.csv": "2"}
    status, said = collect(packed(files), worksheet())
    assert status == 0, said
    assert "too long was shortened" in said
    kept = {path.name: path.read_text() for path in (course / "submitted/ada/mini").glob("*.csv")}
    assert sorted(kept.values()) == ["1", "2"]
    assert all(len(name.encode()) <= 200 and name in said for name in kept)


def test_the_notebooks_of_one_assignment_get_their_names(
    course: Path, collect: Command, gradebook_csv: Path, worksheet: Callable[..., Path]
) -> None:
    """By name, whether the number at a name's end is its own or the LMS's; what fits none keeps its name."""
    made = (course / "source/mini/mini.ipynb").read_text()
    for name in ("part-1", "part-2"):
        (course / f"source/mini/{name}.ipynb").write_text(made)
    (course / "source/mini/mini.ipynb").unlink()
    submitted = course / "submitted/ada/mini"
    for files, expected in (
        (("part-1-2.ipynb", "part-2.ipynb"), ["part-1.ipynb", "part-2.ipynb"]),
        (("Part-1 (3).ipynb",), ["part-1.ipynb"]),
        (("mine.ipynb",), ["mine.ipynb"]),
    ):
        collect(packed({f"{ADA}/{name}": "{}" for name in files}), worksheet(), "--replace")
        assert sorted(path.name for path in submitted.glob("*.ipynb")) == expected
        canvas = {f"lovelaceada_501_900{number}_{name}": "{}" for number, name in enumerate(files)}
        collect(packed(canvas), gradebook_csv, "--replace", lms="canvas")
        assert sorted(path.name for path in submitted.glob("*.ipynb")) == expected


def test_the_test_student_of_canvas_is_nobody(course: Path, collect: Command, gradebook_csv: Path) -> None:
    """Neither handed in nor a row of the gradebook; a student with a login of her own is a student by any name."""
    gradebook_csv.write_text(
        gradebook_csv.read_text() + f'"Student, Test",504,,{"0f" * 20},S1,,,,\n"Student, Test",505,u5,tess,S1,,,,\n'
    )
    data = packed({"lovelaceada_501_9001_mini.ipynb": "{}", "studenttest_504_9002_mini.ipynb": "{}"})
    status, said = collect(data, gradebook_csv, lms="canvas")
    assert status == 0, said
    assert "test student handed in" in said
    people = CANVAS.read_people(read_table(gradebook_csv))
    assert [person.account for person in people] == ["ada", "kurt", "emmy", "tess"]


def test_a_killed_run_is_mended(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """What was moved out of the way and not replaced comes back; half-unpacked folders go."""
    drafts = course / "submitted/.collecting/mini"
    (drafts / "emmy.old").mkdir(parents=True)
    (drafts / "emmy.old/mini.ipynb").write_text("emmy")
    (drafts / f"{os.getpid()}.new").mkdir()
    assert collect(packed({f"{ADA}/mini.ipynb": "1"}), worksheet())[0] == 0
    assert (course / "submitted/emmy/mini/mini.ipynb").read_text() == "emmy"
    assert not list(drafts.iterdir())


@pytest.mark.parametrize(
    ("csv", "sentence"),
    [
        (None, "There is no file"),
        ("", "is empty"),
        ("Nom,Prénom\nA,B\n", "language set to English"),
        ('First name,Last name\n"A,B\n', "is not a valid CSV file"),
        ("First name,Last name,ID number\nA,B,x\nC,D,x\n", "the same id, x"),
        ("PK\x03\x04", "download the list as CSV"),
        ("sep=;\n", "is empty"),
        ("\ufeff\n<!DOCTYPE html>\n<a>", "is a web page: log in to the LMS, and download the list again"),
        ("First name,Last name,ID number\nA,B,1.05E+16\n", "a spreadsheet rounded a number to 1.05E+16"),
        ("First name,Last name,ID number,id NUMBER\nA,B,x,y\n", "The list has 2 columns ID number"),
        ("First name,Last name\nA,B,c\n", "row 2 has 3 cells, the header has 2"),
        ("First name,Last name\nA,\0\n", "is not UTF-8 text"),
    ],
)
def test_bad_lists(csv: str | None, sentence: str, course: Path, collect: Command, tmp_path: Path) -> None:
    """One clear sentence, and nothing is written."""
    students = tmp_path / "list.csv"
    if csv is not None:
        students.write_text(csv, encoding="utf-8")
    status, said = collect(packed({f"{ADA}/mini.ipynb": "1"}), students)
    assert (status, said.count("\n")) == (2, 1)
    assert sentence in said or csv is None
    assert not (course / "submitted").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("--lab", "nolab"), "Known labs: mini"),
        (("--timezone", "Mars/Base"), "There is no time zone Mars/Base"),
        (("--id-column", "Shoe size"), "has no column Shoe size"),
    ],
)
def test_bad_options(wrong: tuple[str, str], sentence: str, collect: Command, worksheet: Callable[..., Path]) -> None:
    """One clear sentence."""
    status, said = collect(packed({f"{ADA}/mini.ipynb": "1"}), worksheet(), *wrong)
    assert status == 2
    assert sentence in said


def test_a_folder_is_no_zip(command: Command, worksheet: Callable[..., Path], tmp_path: Path) -> None:
    status, said = command("collect", tmp_path, "--lms", "moodle", "--lab", "mini", "--students", worksheet())
    expected = "is a folder: pack it as a zip again, or name the zip that the LMS gave"
    assert (status, said.count("\n"), expected in said) == (2, 1, True), said


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"download.zip": packed({f"{ADA}/mini.ipynb": "{}"})}, "another archive, download.zip: unpack that one"),
        (
            {"Ada Lovelace_101_assignsubmission_onlinetext/onlinetext.html": "x"},
            "no uploaded file. Left out, since they are no uploads (typed texts, links, comments): 1.",
        ),
        (
            {"lovelaceada_501_9001_mini.ipynb": "{}"},
            "hand-ins as Canvas packs them: give --lms canvas, and its list of students.",
        ),
        (
            {"12345-678901 - Ada Lovelace - Mar 13, 2026 558 PM/mini.ipynb": "{}", "index.html": "x"},
            "hand-ins as Brightspace packs them, which are not read: unpack it, and move each student's files to",
        ),
        (
            {"Lab 1_ada_attempt_2026-03-13-17-58-00_mini.ipynb": "{}", "Lab 1_ada_attempt_2026-03-13-17-58-00.txt": ""},
            "hand-ins as Blackboard packs them, which are not read: unpack it, and move each student's files to",
        ),
        ({"mini.ipynb": "{}"}, "no hand-in that Moodle would have packed (mini.ipynb: Moodle does not name files"),
    ],
)
def test_an_archive_without_hand_ins(
    files: dict[str, bytes | str], sentence: str, collect: Command, worksheet: Callable[..., Path]
) -> None:
    status, said = collect(packed(files), worksheet())
    assert (status, sentence in said, said.count("\n")) == (2, True, 1), said


def test_drafts_are_told(collect: Command, worksheet: Callable[..., Path]) -> None:
    """They are in Moodle's download, and would be graded like what was handed in."""
    text = WORKSHEET.replace("ada@example.org,Submitted for grading - ", "ada@example.org,Draft (not submitted)")
    notebooks = {f"{ADA}/mini.ipynb": "{}", f"{KURT}/mini.ipynb": "{}"}
    status, said = collect(packed(notebooks), worksheet(text=text))
    assert status == 0
    assert "Drafts that their students have not submitted: Ada Lovelace (101), ada.\n" in said


@pytest.mark.parametrize("kind", ["a link", "a file"])
def test_what_is_in_the_way_of_a_students_folder(
    kind: str, course: Path, collect: Command, worksheet: Callable[..., Path]
) -> None:
    """Nothing is written to where a link leads, and the others are taken."""
    other = course / "submitted/kurt"
    other.mkdir(parents=True)
    home = course / "submitted/ada"
    home.symlink_to(other) if kind == "a link" else home.touch()
    notebooks = {f"{ADA}/mini.ipynb": "ada's", f"{KURT}/mini.ipynb": "kurt's"}
    status, said = collect(packed(notebooks), worksheet())
    assert (status, f"{home} is {kind}: remove it." in said) == (1, True), said
    assert (other / "mini/mini.ipynb").read_text() == "kurt's"


def test_safe_ids() -> None:
    """The same account, the same name; different accounts, different names; a file name on every system."""
    assert safe_id("ada@example.org") == "ada@example.org"
    accounts = ["a/b", "a\\b", "a b", "../x", ".x", "-x", "con", "NUL.txt", "x" * 200, "x" * 201, "[*]?", "…", "a."]
    made = [safe_id(account) for account in accounts]
    assert len({name.casefold() for name in made}) == len(accounts)
    for name in made:
        assert len(name) < 80
        assert not set(name) & set('/\\:*?"<>|[] ')
        assert name[0] not in ".-"
    assert name_key("Gödel, Kurt") == name_key("gödel kurt") == "name:gödelkurt"


@pytest.mark.parametrize("number", ["9" * 5000, "²", "٣"])
def test_odd_numbers_of_canvas(number: str) -> None:
    assert CANVAS.parse_upload((f"ada_{number}_{number}_mini.ipynb",)) is None
    assert CANVAS.parse_upload((f"anon_x_{number}_mini.ipynb",)) is None


@pytest.mark.parametrize(
    "name", ["mini.ipynb", "ada_501_mini.ipynb", "ada_501_9001", "ada_501_9001_", "501_9001", "x/y_1_z"]
)
def test_what_canvas_did_not_name(name: str) -> None:
    """No two numbers and a file name: no student can be found."""
    assert CANVAS.parse_upload(tuple(name.split("/"))) is None
