"""Uploaded files, as their names in a bulk download describe them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Upload:
    """One file that a student uploaded.

    Attributes:
        who: the student as the LMS writes it, to be shown to people.
        key: key of the student in the list of students (`autograder.lms.people.Person.keys`).
        name: the name beside the number, of a student or of a group; empty if there is none.
        path: path of the file inside the submission, as safe parts.
        raw: the same, with the number that the LMS adds to a file that was uploaded again.
        label: name under which the LMS expects the feedback.
        late: whether the LMS marked it as late.
        serial: the LMS's increasing number of the upload; 0 if it has none.
        test_student: whether it has the name of the LMS's own test student.
    """

    who: str
    key: str
    name: str
    path: tuple[str, ...]
    raw: tuple[str, ...]
    label: str
    late: bool = False
    serial: int = 0
    test_student: bool = False
