"""The learning management systems that the commands offer, by name."""

from __future__ import annotations

from autograder.lms.canvas import CANVAS
from autograder.lms.moodle import MOODLE
from autograder.lms.system import Lms
from autograder.lms.table import Table

SYSTEMS: dict[str, Lms] = {lms.name: lms for lms in (MOODLE, CANVAS)}


def lms_of_list(table: Table) -> Lms:
    """The LMS that exported a list of students: only Canvas's has a column ``Student``."""
    return CANVAS if table.column("Student") is not None else MOODLE
