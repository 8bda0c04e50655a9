"""Read a submitted folder into a `Submission`: plain bytes, without trusting anything in the folder."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from autograder.model.limits import Limits
from autograder.model.record import Submission

IGNORED_FOLDERS = frozenset({".ipynb_checkpoints", "__pycache__", "__MACOSX", ".git"})
RECEIPTS, UNKNOWN, DRAFTS = ".lms", ".unknown", ".collecting"
"""The engine's own folders beside the students', hidden from nbgrader."""
MAX_DEPTH = 16
ENTRIES_PER_FILE = 10
"""Files and folders that are listed for each file that may be read."""
MAX_NAME_BYTES = 200
MAX_ID = 128
"""Most characters of a student id in nbgrader's tables."""
PATTERN_CHARACTERS = frozenset("*?[")
"""nbgrader looks for files by patterns and takes these characters, wherever they are in a path, for a part of one."""
MAX_NAMED = 5
"""Most files that one sentence names."""

COPY_MARK = re.compile(r"(?:[ _-]*\(\d+\)|-\d+|[ _-]+(?:copy|kopie)\d*)*", re.IGNORECASE)
"""What systems add to the name of a copy: "lab (1)", "lab-2", "lab-Copy1"."""
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Skipped(Exception):
    """A file is not read; the message completes the sentence "<name> ..."."""


def read_submission(folder: Path, student: str, lab: str, limits: Limits) -> Submission:
    """Read a submitted folder. Never raises because of what is in it.

    Links are never followed; devices, pipes and sockets are never opened; notebooks are read first, so that other files
    cannot use up the limits. The result's ``problem`` names what was left out.

    Args:
        folder: the folder of one student and one lab.
        student: student id.
        lab: name of the lab.
        limits: ``submission_bytes`` and ``submission_files`` limit what is read.
    """
    files: dict[str, bytes] = {}
    left_out: dict[str, list[str]] = {}
    bytes_left = limits.submission_bytes
    paths = sorted(_walk(folder, left_out, most=limits.submission_files), key=_notebooks_first)
    for relative in paths:
        name = _readable_name(relative, files)
        try:
            content = read_file(folder / relative, bytes_left)
        except Skipped as reason:
            left_out.setdefault(str(reason), []).append(name)
        except OSError as error:
            left_out.setdefault(f"cannot be read ({error.strerror})", []).append(name)
        else:
            files[name] = content
            bytes_left -= len(content)
    return Submission(student=student, lab=lab, files=files, problem=_sentence(left_out))


def students(submitted: Path, wanted: str = "*") -> list[Path]:
    """The folders of students whose ids match, sorted.

    Args:
        submitted: the folder of all submissions.
        wanted: an id; ``*`` and ``?`` match as in file names.
    """
    if not submitted.is_dir():
        return []
    return [
        path
        for path in sorted(submitted.iterdir())
        if fnmatch.fnmatchcase(path.name, wanted) and not path.name.startswith(".") and unfit_id(path.name) is None
    ]


def unfit_id(student: str) -> str | None:
    """Why no gradebook can hold a student id, completing the sentence "<id> ..."; ``None`` if it can."""
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in student):
        return "has a character that no student id can have"
    if set(student) & PATTERN_CHARACTERS:
        return "has one of the characters * ? [, which nbgrader takes for a pattern"
    if len(student) > MAX_ID:
        return f"is longer than the {MAX_ID} characters that a student id can have"
    return None


def unfit_root(root: Path) -> str | None:
    """A sentence that says why nbgrader cannot work in a course's folder; ``None`` if it can."""
    if not set(str(root)) & PATTERN_CHARACTERS:
        return None
    return f"nbgrader cannot work in {root}: it takes the characters * ? [ in a path for a pattern. Rename the folder."


@dataclass(frozen=True)
class Strays:
    """What is in ``submitted/`` and is not graded, one sentence each.

    Attributes:
        unfit: submissions of students whose ids no gradebook can hold: they are not gradable.
        passed_over: what may be a submission in the wrong place.
        look_alike: ids that differ only in what nobody sees, such as how an accent is written or a blank at the end.
    """

    unfit: list[str]
    passed_over: list[str]
    look_alike: list[str]


def find_strays(submitted: Path, labs: Set[str], wanted: str = "*") -> Strays:
    """List what grading will not find.

    Args:
        submitted: the folder of all submissions.
        labs: every lab of the course.
        wanted: student ids, as for `students`.
    """
    unfit, hidden, loose = [], [], []
    unknown_labs: dict[str, list[str]] = defaultdict(list)
    own_folders = IGNORED_FOLDERS | {RECEIPTS, UNKNOWN, DRAFTS}
    for path in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        if path.name in own_folders or not fnmatch.fnmatchcase(path.name, wanted):
            continue
        shown = escaped(path.name)
        if not path.is_dir():
            loose += [shown] if _is_notebook(path) else []
            continue
        try:  # a folder that can be listed and not searched fails when its entries are looked at
            inside = {entry.name: (entry, entry.is_dir()) for entry in sorted(path.iterdir())}
        except OSError as error:
            if not any(os.path.isdir(path / lab) for lab in labs):  # one that cannot be listed may still be read
                unfit.append(f"{shown}: the folder cannot be read ({error.strerror}).")
            continue
        why = unfit_id(path.name)
        if why and not labs.isdisjoint(inside):
            unfit.append(f"{shown}: the folder's name {why}: rename it.")
        elif path.name.startswith(".") and not labs.isdisjoint(inside):
            hidden.append(shown)
        for name, (entry, is_folder) in inside.items():
            if is_folder and name not in labs and name not in IGNORED_FOLDERS:
                unknown_labs[name].append(shown)
            elif _is_notebook(entry) and not is_folder:
                loose.append(f"{shown}/{escaped(name)}")
    passed_over = [f"{some_of(owners)}: {_no_lab(name, labs)}" for name, owners in unknown_labs.items()]
    if hidden:
        passed_over.append(f"{some_of(hidden)}: a folder whose name begins with a dot is ignored: rename it.")
    if loose:
        passed_over.append(f"{some_of(loose)}: a notebook outside <student>/<lab>/ is ignored: move it there.")
    return Strays(unfit, passed_over, _look_alike(submitted, wanted))


def _look_alike(submitted: Path, wanted: str) -> list[str]:
    same: dict[str, list[str]] = defaultdict(list)
    for path in students(submitted):
        same[_alike("".join(sign for sign in path.name if unicodedata.category(sign) != "Cf"))].append(path.name)
    return [
        f"{escaped(names[0]).strip()}: {len(names)} folders ({', '.join(map(ascii, names))}); one student's? Keep one."
        for names in same.values()
        if len(names) > 1 and any(fnmatch.fnmatchcase(name, wanted) for name in names)
    ]


def _no_lab(name: str, labs: Set[str]) -> str:
    shown = escaped(name) if name == name.strip() else f'"{escaped(name)}"'
    advice = "rename the folder if it is a submission"
    for lab in sorted(labs):
        start, rest = _alike(name)[: len(_alike(lab))], _alike(name)[len(_alike(lab)) :]
        if start == _alike(lab) and COPY_MARK.fullmatch(rest):
            advice = f"rename the folder to {lab}" + (" if it is the submission" if rest else "")
    return f"there is no lab {shown}: {advice}."


def _alike(name: str) -> str:
    """What is left of a name that somebody typed, or that another system wrote."""
    return unicodedata.normalize("NFKC", name).casefold().strip(" .")


def _walk(folder: Path, left_out: dict[str, list[str]], most: int) -> Iterator[Path]:
    """Relative paths of files, breadth first, without links, folders that are too deep, and files beyond ``most``."""
    if folder.is_symlink() or folder.parent.is_symlink():  # the latter may be another student's folder
        left_out.setdefault("is a link and was not followed", []).append("the folder")
        return
    waiting, entries, files = [Path()], 0, 0
    while waiting:
        inside = waiting.pop(0)
        try:
            with os.scandir(folder / inside) as listing:
                # A folder of a million files must cost no more than one of a few thousand.
                here = list(islice(listing, max(ENTRIES_PER_FILE * most - entries, 0)))
        except OSError as error:
            reason = f"cannot be read ({error.strerror})"
            left_out.setdefault(reason, []).append(_printable(inside) if inside.parts else "the folder")
            continue
        entries += len(here)
        if entries >= ENTRIES_PER_FILE * most:
            left_out["has more files than are listed"] = ["the folder"]
        for entry in sorted(here, key=lambda entry: os.fsencode(entry.name)):
            path = inside / entry.name
            if entry.is_symlink():
                left_out.setdefault("is a link and was not followed", []).append(_printable(path))
            elif entry.is_dir(follow_symlinks=False):
                if len(path.parts) > MAX_DEPTH:
                    left_out.setdefault("is too many folders deep", []).append(_printable(path))
                elif entry.name not in IGNORED_FOLDERS:
                    waiting.append(path)
            elif files < most or _is_notebook(path):
                files += 1
                yield path
            else:
                left_out.setdefault(f"comes after the {most} files that are read", []).append(_printable(path))


def read_file(path: Path, most: int) -> bytes:
    """Read one file of a student's: a link is not followed, and nothing but an ordinary file is opened.

    Raises:
        Skipped: it is not an ordinary file, or larger than ``most`` bytes.
        OSError: it cannot be read.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):  # before opening: opening a device may have effects
        raise Skipped("is not an ordinary file")
    with open(os.open(path, _READ_FLAGS), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Skipped("is not an ordinary file")
        content = file.read(most + 1) if status.st_size <= most else b""
    if max(status.st_size, len(content)) > most:
        raise Skipped(f"is too large{_SMALLER if _is_notebook(path) else ''}")
    return content


_SMALLER = (
    ": clear its outputs in Jupyter, Edit > Clear Outputs of All Cells, and hand it in again, "
    "or raise c.Limits.submission_bytes"
)


def _is_notebook(path: Path) -> bool:
    return path.suffix.lower() == ".ipynb"


def _notebooks_first(path: Path) -> tuple[bool, int, bytes]:
    return not _is_notebook(path), len(path.parts), os.fsencode(path)


def escaped(name: str) -> str:
    """A file's name as text on one line, with ``\\x..`` for unprintable characters."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def _printable(path: Path) -> str:
    """The path as text that every file system and database can store."""
    parts = []
    for part in path.parts:
        text = os.fsencode(part).decode("utf-8", "replace")
        text = "".join(character if character.isprintable() else "\ufffd" for character in text)
        if len(text.encode()) > MAX_NAME_BYTES:
            ending = Path(text).suffix[:20]
            text = text.encode()[: MAX_NAME_BYTES - len(ending.encode())].decode("utf-8", "ignore") + ending
        parts.append(text)
    return "/".join(parts)


def _readable_name(path: Path, taken: Mapping[str, bytes]) -> str:
    """The path as text; files whose names differ only in characters that are replaced get numbers."""
    name, number = _printable(path), 1
    while name in taken:
        number += 1
        first = PurePosixPath(_printable(path))
        name = str(first.with_stem(f"{first.stem}~{number}"))
    return name


def _sentence(left_out: Mapping[str, list[str]]) -> str | None:
    sentences = []
    for reason, names in left_out.items():
        plural = len(names) > 1
        sentences.append(f"Left out: {some_of(names)} ({'each ' if plural else ''}{reason}).")
    return " ".join(sentences) or None


def some_of(names: Sequence[str], most: int = MAX_NAMED) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
