"""Who a hand-in belongs to, what names the gradebook keeps, and who was late."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.config import load_course
from autograder.lms.people import Person, fits, split_name
from tests.engine.lms.conftest import EARLY, WORKSHEET, packed

Command = Callable[..., tuple[int, str]]
ADA, KURT = "Ada Lovelace_101_assignsubmission_file", "Kurt Gödel_102_assignsubmission_file"
GROUP = "Group A_102_assignsubmission_file"


def handed_in(course: Path) -> dict[str, str]:
    """Student -> text of the notebook."""
    return {path.parents[1].name: path.read_text() for path in (course / "submitted").glob("[!.]*/mini/mini.ipynb")}


# --- groups and numbers


def test_a_groups_number_is_no_students(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """It may be the number of somebody else, who has a hand-in of his own."""
    status, said = collect(packed({f"{GROUP}/mini.ipynb": "group", f"{KURT}/mini.ipynb": "kurt"}), worksheet())
    assert status == 1
    assert "Group A (102): the number is that of Kurt Gödel in the list, and the name is not" in said
    assert "--groups" in said
    assert handed_in(course) == {"kurt": "kurt"}
    assert [path.read_text() for path in (course / "submitted/.unknown/mini").rglob("*.ipynb")] == ["group"]


def test_another_students_name_beside_a_number(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    status, said = collect(packed({"Emmy Noether_101_assignsubmission_file/mini.ipynb": "1"}), worksheet())
    assert (status, handed_in(course)) == (1, {})
    assert "Ada Lovelace" in said


def test_a_group_of_the_list_hands_in_for_every_member(
    course: Path, collect: Command, worksheet: Callable[..., Path]
) -> None:
    """Each gets the files, the time of the list, and a receipt by which feedback goes back to each."""
    header, *rows = WORKSHEET.splitlines()
    groups = ["Group A", "Group B", "Group A"]
    text = "\n".join([f"{header},Group", *(f"{row},{group}" for row, group in zip(rows, groups, strict=True))])
    status, said = collect(packed({f"{GROUP}/mini.ipynb": "group"}), worksheet(text=text + "\n"))
    assert status == 0, said
    assert handed_in(course) == {"ada": "group", "emmy": "group"}
    assert "Group A is a group: every member gets the hand-in (ada, emmy)" in said
    assert (course / "submitted/ada/mini/timestamp.txt").is_file()
    receipt = json.loads((course / "submitted/.lms/mini/emmy.json").read_text())
    assert receipt["label"] == "Emmy Noether_103_assignsubmission_file"


@pytest.mark.parametrize(
    "members",
    [
        "group,student\nGroup A,ada\nGroup A,emmy@example.org\n",
        "name,login_id,group_name\nAda Lovelace,ada,Group A\nEmmy Noether,emmy,Group A\nNobody,x,Group A\n",
        "Group;Full name\nGroup A;ada lovelace\nGroup A;Emmy Noether\n",
    ],
)
def test_a_list_of_members(
    members: str, course: Path, collect: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    """By id, login, address or name, in one column or several."""
    (tmp_path / "groups.csv").write_text(members, encoding="utf-8")
    data = packed({f"{GROUP}/mini.ipynb": "group", f"{KURT}/mini.ipynb": "kurt"})
    status, said = collect(data, worksheet(), "--groups", str(tmp_path / "groups.csv"))
    assert status == 0, said
    assert handed_in(course) == {"ada": "group", "emmy": "group", "kurt": "kurt"}
    assert ("Nobody, x" in said) == ("Nobody" in members)


def test_a_list_of_members_that_is_none(collect: Command, worksheet: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("student\nada\n", encoding="utf-8")
    status, said = collect(packed({f"{ADA}/mini.ipynb": "1"}), worksheet(), "--groups", str(tmp_path / "groups.csv"))
    assert (status, "has no column group" in said) == (2, True)


def test_a_group_in_canvas(course: Path, collect: Command, gradebook_csv: Path, tmp_path: Path) -> None:
    """Its number is one member's: the others get the files with a list of members, and are asked for without."""
    data = packed({"groupa_501_9001_mini.ipynb": "group"})
    status, said = collect(data, gradebook_csv, lms="canvas")
    assert (status, handed_in(course)) == (0, {"ada": "group"})
    assert "groupa: the number is that of Ada Lovelace, who gets the hand-in" in said
    (tmp_path / "groups.csv").write_text("group_name,login_id\nGroup A,ada\nGroup A,kurt\n", encoding="utf-8")
    collect(data, gradebook_csv, "--groups", str(tmp_path / "groups.csv"), lms="canvas")
    assert handed_in(course) == {"ada": "group", "kurt": "group"}


def test_names_that_fit() -> None:
    """Whatever the LMS drops, turns round or puts before them."""
    person = Person("ada", "ada", "Ada King O'Neill", first="Ada King", last="O'Neill")
    for written in (
        "Ada King O'Neill",
        "ONeill Ada King",
        "oneilladaking",
        "Group A-Ada King ONeill",
        "",
        "ada king o neill",
    ):
        assert fits(written, person), written
    for written in ("Group A", "Ada", "Kurt Gödel"):
        assert not fits(written, person), written
    assert fits("Group A", Person("x", "participant-12", "participant-12"))  # a list without names


# --- names


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Juan de la Cruz", "Juan", "de la Cruz"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Plato", "", "Plato"),
        ("de Gaulle", "de", "Gaulle"),
        ("", "", ""),
    ],
)
def test_a_guess_at_first_and_last_name(name: str, first: str, last: str) -> None:
    assert split_name(name) == (first, last)


def test_a_guess_replaces_no_name(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """Moodle's worksheet has full names only: what the instructor imported stays, an address is added."""
    url = f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.update_or_create_student("ada", first_name="Augusta Ada", last_name="King, Countess of Lovelace")
        gradebook.update_or_create_student("kurt", last_name="Gödel, K.")
    collect(packed({f"{ADA}/mini.ipynb": "1", f"{KURT}/mini.ipynb": "2"}), worksheet())
    with Gradebook(url) as gradebook:
        ada, kurt = gradebook.find_student("ada"), gradebook.find_student("kurt")
        assert (ada.first_name, ada.last_name) == ("Augusta Ada", "King, Countess of Lovelace")
        assert ada.email == "ada@example.org"
        assert (kurt.first_name or "", kurt.last_name) == ("", "Gödel, K.")


def test_names_in_columns_of_their_own_are_no_guess(course: Path, collect: Command, tmp_path: Path) -> None:
    url = f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.update_or_create_student("ada", first_name="Adda", last_name="Lovelace")
    students = tmp_path / "participants.csv"
    students.write_text("First name,Last name,ID number\nAda,Lovelace,ada\n", encoding="utf-8")
    collect(packed({f"{ADA}/mini.ipynb": "1"}), students)
    with Gradebook(url) as gradebook:
        assert gradebook.find_student("ada").first_name == "Ada"


# --- times


@pytest.mark.parametrize("zone", [(), ("--timezone", "Europe/Kyiv")])
def test_the_zone_is_said(
    zone: tuple[str, ...], command: Command, worksheet: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "in.zip").write_bytes(packed({f"{ADA}/mini.ipynb": "1"}))
    lines = ("--lms", "moodle", "--lab", "mini", "--students", worksheet(), *zone)
    status, said = command("collect", tmp_path / "in.zip", *lines)
    assert status == 0
    assert ("times of Europe/Kyiv." if zone else "the time zone of this machine (--timezone names another).") in said


def test_a_time_that_cannot_be_read_is_told(course: Path, collect: Command, worksheet: Callable[..., Path]) -> None:
    """Of those who handed in, by name; the others are nobody's business."""
    data = packed({f"{ADA}/mini.ipynb": "1"})
    status, said = collect(data, worksheet("Freitag, 13. Nonsense 2026, 17:58", "gestern"))
    assert status == 1
    assert "times: Ada Lovelace (101), ada (Freitag, 13. Nonsense 2026, 17:58): these times could not be read" in said
    assert "gestern" not in said
    assert handed_in(course) == {"ada": "1"}
    assert collect(data, worksheet("Friday, March 13, 2026, 5:58 PM", EARLY))[0] == 0
    assert (course / "submitted/ada/mini/timestamp.txt").read_text() == "2026-03-13 17:58:00 UTC\n"


def test_a_list_without_times_is_told(collect: Command, tmp_path: Path) -> None:
    students = tmp_path / "participants.csv"
    students.write_text("First name,Last name,ID number\nAda,Lovelace,ada\n", encoding="utf-8")
    status, said = collect(packed({f"{ADA}/mini.ipynb": "1"}), students)
    assert (status, "The list has no times of submission" in said) == (0, True)


def test_late_in_canvas(course: Path, collect: Command, gradebook_csv: Path) -> None:
    """The mark reaches whoever grades, and goes when Canvas takes it back."""

    def marks() -> dict[str, bool]:
        return {each.student: each.marked_late for each in load_course(course).pending(["mini"])}

    data = {"lovelaceada_501_9001_mini.ipynb": "1", "gödelkurt_LATE_502_9003_mini.ipynb": "2"}
    collect(packed(data), gradebook_csv, lms="canvas")
    assert marks() == {"ada": False, "kurt": True}
    data["gödelkurt_502_9003_mini.ipynb"] = data.pop("gödelkurt_LATE_502_9003_mini.ipynb")
    assert "2 unchanged" in collect(packed(data), gradebook_csv, lms="canvas")[1]
    assert marks() == {"ada": False, "kurt": False}
