"""What a feedback page was made from, noted in the page itself, so that one that is out of date is found."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

NAME = "autograder-made-from"
"""Name of the page's ``meta`` element."""
HEAD_BYTES = 4096
_MARK = re.compile(rf'<meta name="{NAME}" content="([0-9a-f]{{64}})">')


def made_from(graded: Path, grades: str) -> str:
    """The mark of a page that is made now; "" if there is no graded notebook to make it from.

    Args:
        graded: the graded notebook.
        grades: what the gradebook has for it (`autograder.gradebook.shown`), "" for nothing.
    """
    try:
        notebook = graded.read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(hashlib.sha256(notebook).digest() + grades.encode()).hexdigest()


def mark_of(page: Path) -> str:
    """The mark in a page; "" if there is no page, or none with a mark."""
    try:
        if page.is_symlink() or not page.is_file():
            return ""
        with page.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return ""
    found = _MARK.search(head.decode("utf-8", "replace"))
    return found[1] if found else ""
