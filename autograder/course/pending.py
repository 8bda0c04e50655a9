"""A submission that waits to be graded."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from autograder.model.record import Submission


@dataclass(frozen=True)
class PendingSubmission:
    """A submitted folder that was found and not read yet.

    Attributes:
        student: student id.
        lab: name of the lab.
        timestamp: when it was handed in (UTC, no zone), if known.
        read: reads the folder; never raises because of what is in it.
        marked_late: whether the LMS that it came from marked it as late.
        time_problem: why its time could not be read, completing the sentence "timestamp.txt ..."; ``None`` if it could
            be, or if there was none to read.
    """

    student: str
    lab: str
    timestamp: datetime.datetime | None
    read: Callable[[], Submission]
    marked_late: bool = False
    time_problem: str | None = None
