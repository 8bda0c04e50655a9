"""What students are called in a report: by name, or by a pseudonym that stays the same over the term."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import replace
from pathlib import Path

from autograder.gradebook.statistics_data import Figures

KEY_BYTES = 32
WITHHELD = "details are left out of a report without names"


def key_of(folder: Path) -> bytes:
    """The course's secret for pseudonyms, made when it is first needed.

    It stays with the grades: without it nobody can try out known names, and with it the same student has the same
    pseudonym in every report.
    """
    path = folder / ".autograder" / "pseudonyms.key"
    path.parent.mkdir(exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key)
    return key


def pseudonym(student: str, key: bytes) -> str:
    """E.g. ``student-k7qf-2mxa``."""
    digest = hmac.new(key, student.encode(), hashlib.sha256).digest()
    word = base64.b32encode(digest[:5]).decode().lower()
    return f"student-{word[:4]}-{word[4:]}"


def without_names(figures: Figures, key: bytes) -> Figures:
    """The same figures with pseudonyms in an order of their own, and without any text that a student had a hand in."""
    names = {student: pseudonym(student, key) for student in figures.students}
    return replace(
        figures,
        students=dict.fromkeys(sorted(names.values()), ""),
        scores=sorted(
            (replace(score, student=names[score.student]) for score in figures.scores),
            key=lambda score: (score.lab, score.student),
        ),
        attention=sorted(
            (replace(each, student=names[each.student], what=WITHHELD) for each in figures.attention),
            key=lambda each: (each.lab, each.kind, each.student),
        ),
        untouched={lab: sorted(names[student] for student in who) for lab, who in figures.untouched.items()},
    )
