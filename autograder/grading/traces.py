"""Every file that a course's folder keeps of one student, outside of the gradebook."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.config import Course
from autograder.course.log import log_path
from autograder.course.submissions import DRAFTS, RECEIPTS, UNKNOWN
from autograder.files.atomic import replacing
from autograder.grading.spool import Spool

REMOVED = "(removed)"
MAX_BYTES = 64 * 1024 * 1024
TEXTS = frozenset({".html", ".csv", ".json", ".txt", ".md"})


@dataclass(frozen=True)
class Traces:
    """What there is of a student.

    Attributes:
        own: files and folders that are the student's alone, to be removed.
        logs: logs that name the student; the name is taken out of them.
        named_in: files that name the student among others, and that a person makes again or removes.
        aside: hand-ins of unknown students, put aside, that may be this student's.
    """

    own: list[Path]
    logs: list[Path]
    named_in: list[Path]
    aside: list[Path]


def find_traces(course: Course, spool: Spool, student: str, labs: Iterable[str], names: Iterable[str]) -> Traces:
    """Find them.

    Args:
        course: the course.
        spool: where results wait.
        student: id of the student, which is a safe folder name.
        labs: every lab that the course has or had.
        names: what else the student is called: full name, e-mail address.
    """
    folders = [folder / student for folder in (course.submitted, course.autograded, course.feedback)]
    receipts = (course.submitted / RECEIPTS).glob("*/*.json")
    drafts = (course.submitted / DRAFTS).glob("*/*.old")
    waiting = [path for lab in labs for path in spool.leftovers(lab, student)]
    own = [
        *(path for path in folders if os.path.lexists(path)),
        *(path for path in receipts if path.stem == student),
        *(path for path in drafts if path.name == f"{student}.old"),
        *waiting,
    ]
    called = re.compile("|".join(map(_whole, [student, *filter(None, names)])), re.IGNORECASE)
    log = log_path(course.root)
    logs = [
        path for path in (log, log.with_name(f"{log.name}.1"), course.root / ".nbgrader.log") if _names(path, called)
    ]
    generated = [
        *_texts(course.root / "report", "**/*"),
        *(path for path in _texts(course.root, "*") if path.name != "README.md"),
    ]
    letters = [_letters(name) for name in names if len(_letters(name)) > 3]
    aside = [
        path
        for path in (course.submitted / UNKNOWN).glob("*/*")
        if any(_letters(path.name).startswith(name) for name in letters)
    ]
    return Traces(sorted(set(own)), logs, [path for path in generated if _names(path, called)], sorted(aside))


def remove(traces: Traces, student: str) -> None:
    """Remove what is the student's alone, and the id from the logs. Links are removed, never followed.

    Raises:
        OSError: something cannot be removed.
    """
    for path in traces.own:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for path in traces.logs:
        text = path.read_text(encoding="utf-8", errors="replace")
        with replacing(path) as draft:
            draft.write_text(re.sub(_whole(student), REMOVED, text), encoding="utf-8")


def _whole(name: str) -> str:
    """A pattern for a name that is no part of a longer one."""
    return rf"(?<![\w@.-]){re.escape(name)}(?![\w@-])"


def _names(path: Path, called: re.Pattern[str]) -> bool:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return False
        return called.search(path.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False


def _texts(folder: Path, pattern: str) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.glob(pattern)) if path.suffix.lower() in TEXTS)


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
