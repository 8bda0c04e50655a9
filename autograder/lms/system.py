"""What the engine needs to know about a learning management system; `moodle` and `canvas` implement it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Protocol

from autograder.course.receipts import Receipt
from autograder.gradebook.grades import LabGrade
from autograder.lms.people import Person
from autograder.lms.table import Table
from autograder.lms.uploads import Upload


class Lms(Protocol):
    """A learning management system: how its files are named and laid out.

    Attributes:
        name: its name on the command line and in receipts, e.g. ``moodle``.
        title: its name in sentences, e.g. ``Moodle``.
        list_names_uploads: whether its list of students tells what it calls a student's submission.
        numbers_are_students: whether the number of a group's hand-in in a bulk download is one of its members'.
        upload_advice: where in the LMS the zip of feedback pages is uploaded, as sentences.
        label_advice: what to do about a submission whose name in the LMS is unknown; completes "left out: ada: ...".
    """

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def list_names_uploads(self) -> bool: ...

    @property
    def numbers_are_students(self) -> bool: ...

    @property
    def upload_advice(self) -> str: ...

    @property
    def label_advice(self) -> str: ...

    def read_people(
        self, table: Table, zone: datetime.tzinfo | None = None, id_column: str | None = None
    ) -> list[Person]:
        """Read a list of students.

        Args:
            table: the list, as the LMS exported it.
            zone: time zone of the times in it; ``None`` for this machine's.
            id_column: the column that ids are made of; ``None`` for the LMS's usual ones.

        Raises:
            LmsError: columns are missing.
        """

    def parse_upload(self, parts: tuple[str, ...]) -> Upload | None:
        """Parse a path in a bulk download, split at ``/``; ``None`` if it is not a file that a student uploaded."""

    def is_extra(self, parts: tuple[str, ...]) -> bool:
        """Whether a path is something else that the LMS packs for a student, e.g. online text or comments."""

    def fill_grades(
        self,
        table: Table,
        people: Sequence[Person],
        grades: Mapping[str, Mapping[str, LabGrade]],
        titles: Mapping[str, str | None],
    ) -> tuple[Table, list[str]]:
        """Make the table of grades that the LMS imports.

        A student without a score keeps what the LMS had in the cell: no grade is not a zero.

        Args:
            table: the list of students that `people` were read from.
            people: rows of the table, with the ids that the gradebook uses.
            grades: lab -> student -> grade.
            titles: lab -> title of its assignment in the LMS; ``None`` if it is the lab's name.

        Returns:
            The table, and sentences about scores that were scaled or left out.

        Raises:
            LmsError: the table cannot hold grades for these labs.
        """

    def label_of(self, person: Person) -> str:
        """What the LMS calls a student's own submission; "" if the list of students does not tell."""

    def feedback_name(self, lab: str, receipt: Receipt | None, person: Person | None) -> str | None:
        """Path of a student's feedback page in the zip; ``None`` if it is unknown what the LMS calls the submission.

        Args:
            lab: name of the lab.
            receipt: what `autograder collect` kept of the submission, if it came from this LMS.
            person: the student's row in the list of students, if there is one.
        """
