"""Feedback pages -> the zip by which an LMS hands each student theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.lms import canvas, moodle
from autograder.lms.people import Person
from autograder.lms.receipts import Receipt


@dataclass
class Pages:
    """What goes into the zip, and what cannot.

    Attributes:
        files: (name in the zip, page), in order of student.
        missing: students who handed in and have no page.
        stale: students whose page is older than their graded notebook; it is left out.
        nameless: students of whom nothing tells what the LMS calls their hand-in.
    """

    files: list[tuple[str, Path]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)


def gather(
    students: list[str],
    lab: str,
    lms: str,
    folders: tuple[Path, Path],
    receipts: Mapping[str, Receipt],
    people: Mapping[str, Person],
) -> Pages:
    """Find each student's page and the name that the LMS knows it by.

    Args:
        students: everybody who handed in.
        lab: name of the lab.
        lms: "moodle" or "canvas".
        folders: of feedback pages and of graded notebooks, each ``<student>/<lab>/``.
        receipts: student -> what `autograder collect` kept.
        people: student -> row of the list of students, for those who have no receipt.
    """
    feedback, autograded = folders
    pages = Pages()
    for student in sorted(students):
        page = feedback / student / lab / f"{lab}.html"
        graded = autograded / student / lab / f"{lab}.ipynb"
        name = _name(lms, lab, receipts.get(student), people.get(student))
        if not page.is_file() or page.is_symlink():
            pages.missing.append(student)
        elif graded.is_file() and graded.stat().st_mtime > page.stat().st_mtime:
            pages.stale.append(student)
        elif name is None:
            pages.nameless.append(student)
        else:
            pages.files.append((name, page))
    return pages


def _name(lms: str, lab: str, receipt: Receipt | None, person: Person | None) -> str | None:
    if receipt is not None and receipt.lms != lms:
        receipt = None
    if lms == "canvas":
        return canvas.feedback_name(receipt.label) if receipt else None
    folder = receipt.label if receipt else moodle.feedback_folder(person) if person else None
    # Moodle before 4.1 wants the underscore, later versions allow it.
    return f"{folder}_/{lab}.html" if folder else None
