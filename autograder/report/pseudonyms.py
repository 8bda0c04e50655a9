"""Pseudonyms: a name for each student in a report without names, the same over the whole term."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import replace
from pathlib import Path

from autograder.course import STATE_FOLDER
from autograder.gradebook.statistics.values import ClassStatistics

KEY_BYTES = 32
WITHHELD = "details are left out of a report without names"


def read_key(folder: Path) -> bytes:
    """The course's secret key for pseudonyms, created on first use.

    Without the key nobody can compute the pseudonym of a known name; with it a student keeps the same pseudonym in
    every report. It is stored in the course's folder, as private as the gradebook.

    Raises:
        OSError: the key cannot be read or created.
    """
    path = folder / STATE_FOLDER / "pseudonyms.key"
    path.parent.mkdir(exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key)
    return key


def pseudonym(student: str, key: bytes) -> str:
    """The student's pseudonym, e.g. ``student-k7qf-2mxa``: the first 40 bits of an HMAC-SHA-256 in base 32."""
    digest = hmac.new(key, student.encode(), hashlib.sha256).digest()
    word = base64.b32encode(digest[:5]).decode().lower()
    return f"student-{word[:4]}-{word[4:]}"


def without_names(statistics: ClassStatistics, key: bytes) -> ClassStatistics:
    """Replace every student by a pseudonym, and remove texts that may quote a student.

    Lists are sorted by pseudonym, so that their order does not reveal who is who.
    """
    names = {student: pseudonym(student, key) for student in statistics.students}
    return replace(
        statistics,
        students=dict.fromkeys(sorted(names.values()), ""),
        scores=sorted(
            (replace(score, student=names[score.student]) for score in statistics.scores),
            key=lambda score: (score.lab, score.student),
        ),
        attention=sorted(
            (replace(event, student=names[event.student], what=WITHHELD) for event in statistics.attention),
            key=lambda event: (event.lab, event.kind, event.student),
        ),
        unanswered={
            lab: sorted(names[student] for student in students) for lab, students in statistics.unanswered.items()
        },
    )
