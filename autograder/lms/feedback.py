"""Finding each student's feedback page, and its name in the zip that the LMS takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.lms.people import Person
from autograder.lms.receipts import Receipt
from autograder.lms.system import Lms
from autograder.model.lab import assignment_of, notebook_of


@dataclass
class FeedbackPages:
    """The zip's contents, and the students who are left out.

    Attributes:
        files: (name in the zip, page), in order of student.
        missing: students who submitted the lab and have no page.
        stale: students whose page is older than their graded notebook.
        unnamed: students whose submission's name in the LMS is unknown.
    """

    files: list[tuple[str, Path]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)


def gather(
    students: list[str],
    lab: str,
    lms: Lms,
    folders: tuple[Path, Path],
    receipts: Mapping[str, Receipt],
    people: Mapping[str, Person],
) -> FeedbackPages:
    """Find each student's page and its name in the zip.

    Args:
        students: everybody who submitted the lab.
        lab: name of the lab.
        lms: the LMS that takes the zip.
        folders: of feedback pages and of graded notebooks, each ``<student>/<lab>/``.
        receipts: student -> receipt of `autograder collect`; those of another LMS are not used.
        people: student -> row of the list of students, for those who have no receipt.
    """
    feedback, autograded = folders
    pages = FeedbackPages()
    for student in sorted(students):
        page = feedback / student / assignment_of(lab) / f"{notebook_of(lab)}.html"
        graded = autograded / student / assignment_of(lab) / f"{notebook_of(lab)}.ipynb"
        receipt = receipts.get(student)
        if receipt is not None and receipt.lms != lms.name:
            receipt = None
        name = lms.feedback_name(lab, receipt, people.get(student))
        if not page.is_file() or page.is_symlink():
            pages.missing.append(student)
        elif graded.is_file() and graded.stat().st_mtime > page.stat().st_mtime:
            pages.stale.append(student)
        elif name is None:
            pages.unnamed.append(student)
        else:
            pages.files.append((name, page))
    return pages
