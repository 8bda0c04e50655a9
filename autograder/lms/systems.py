"""The learning management systems that the commands offer, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from autograder.lms.canvas import CANVAS
from autograder.lms.moodle import MOODLE
from autograder.lms.system import Lms
from autograder.lms.table import Table

SYSTEMS: dict[str, Lms] = {lms.name: lms for lms in (MOODLE, CANVAS)}

_OTHERS = {
    "Brightspace": re.compile(r"(?:.*/)?\d+-\d+ - [^/]+ - [^/]+/[^/]+"),
    "Blackboard": re.compile(r"(?:.*/)?[^/]+_attempt_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d[^/]*"),
}
"""How other systems name the files of a bulk download."""


def packed_by_another(names: Iterable[str], expected: Lms) -> str:
    """What to do with an archive that another system has packed, as its names tell; "" if they tell nothing.

    Args:
        names: of the archive's files.
        expected: the system that it was taken for.
    """
    names = list(names)
    for lms in SYSTEMS.values():
        if lms is not expected and any(lms.parse_upload(tuple(name.split("/"))) for name in names):
            return f"hand-ins as {lms.title} packs them: give --lms {lms.name}, and its list of students."
    for title, pattern in _OTHERS.items():
        if any(map(pattern.fullmatch, names)):
            return (
                f"hand-ins as {title} packs them, which are not read: "
                "unpack it, and move each student's files to submitted/<student>/<lab>/."
            )
    return ""


def lms_of_list(table: Table) -> Lms:
    """The LMS that exported a list of students: only Canvas's has a column ``Student``."""
    return CANVAS if table.column("Student") is not None else MOODLE
