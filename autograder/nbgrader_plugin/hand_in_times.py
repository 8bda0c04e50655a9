"""nbgrader's own reading of ``timestamp.txt``, for its collecting and the formgrader, by the engine's rules.

The file lies in a student's folder. nbgrader reads it without bounds, and any digits that are no time end in a
traceback.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.course.timestamps import exchange_zone, handed_in


def install() -> None:
    """Replace nbgrader's two readers. Installing them twice changes nothing."""
    CourseDirectory.get_existing_timestamp = _existing
    NbGraderAPI.get_submitted_timestamp = _submitted


def _existing(self: CourseDirectory, dest_path: str) -> datetime.datetime | None:
    return handed_in(Path(dest_path), exchange_zone(self.config)).time


def _submitted(self: NbGraderAPI, assignment_id: str, student_id: str) -> datetime.datetime | None:
    course: Any = self.coursedir
    return _existing(course, course.format_path(course.submitted_directory, student_id, assignment_id))
