"""Graded results on disk: a spool that survives any kill, and ``autograded/`` folders that are moved into place whole.

The order is: spool file (written, then renamed) -> gradebook -> folder -> spool file removed. Whatever is in the spool
when a run starts was graded but perhaps not saved; saving twice changes nothing, so it is saved again.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import fcntl
import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgpack

from autograder.course import STATE_FOLDER
from autograder.course.timestamps import stamp
from autograder.model.lab import assignment_of, notebook_of
from autograder.model.record import TIMESTAMP, Result, Submission

_log = logging.getLogger(__name__)
UNFIT_NAME = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
OFFSET_DIGITS = 15  # hexadecimal digits of a key that give the byte to lock: an offset below 2**60


class Spool:
    """Results between grading and saving, and the graded notebooks, of one course folder.

    Attributes:
        autograded: folder of graded notebooks, ``<student>/<lab>/``.
        results: folder of results that are not saved everywhere yet.
        moving: folder of notebooks on their way into ``autograded``.
    """

    def __init__(self, root: Path, autograded: Path) -> None:
        self.autograded = autograded
        self.results = root / STATE_FOLDER / "spool"
        self.moving = autograded / ".moving"  # same file system, and hidden from nbgrader's globs
        for folder in (self.results, self.moving):
            folder.mkdir(parents=True, exist_ok=True)
        self._claims = (root / STATE_FOLDER / "claims").open("w")  # locked byte by byte, never written

    def claim(self, lab: str, student: str) -> bool:
        """Reserve one submission for this process; False if another grading run has it.

        The kernel drops every claim of a process when it ends, however it ends, also over NFS.
        """
        try:
            self._lock(_offset(lab, student))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def release(self, lab: str, student: str) -> None:
        """Give up a claim."""
        self._unlock(_offset(lab, student))

    def close(self) -> None:
        """Give up all claims."""
        self._claims.close()

    def put(self, result: Result) -> Path:
        """Write a result into the spool. It survives any kill; after a power cut it may be graded again."""
        path = self.results / f"{_key(result.lab, result.student)}.result"
        draft = path.with_suffix(".draft")
        for place in (path, draft):
            if place.is_dir():  # not the engine's: keep it, out of the way
                place.rename(place.with_name(f"{place.name}-{os.urandom(4).hex()}"))
        with draft.open("wb") as handle:
            handle.write(msgpack.packb(result.to_dict()))
        draft.rename(path)
        return path

    def waiting(self) -> Iterator[tuple[Path, Result]]:
        """Results that an earlier run graded and may not have saved, each with its file."""
        for path in sorted(self.results.glob("*.result")):
            if not path.is_file():
                _log.warning("%s is no result and was passed over", path)
                continue
            try:
                yield path, Result.from_dict(msgpack.unpackb(path.read_bytes()))
            except FileNotFoundError:
                continue  # another run saved it meanwhile
            except OSError as error:
                _log.warning("%s cannot be read and was passed over: %s", path, error.strerror)
            except (ValueError, TypeError, KeyError, msgpack.UnpackException):
                path.unlink(missing_ok=True)

    def place(self, result: Result, submission: Submission, timestamp: datetime.datetime | None = None) -> None:
        """Make ``autograded/<student>/<lab>`` hold the executed notebook and the student's other files.

        Args:
            result: whose notebook it is.
            submission: the student's files. One that does not fit, e.g. into a folder that is a file, is left out.
            timestamp: time of submission (UTC, no zone), if known: nbgrader reads it there, too.
        """
        key = _key(result.lab, result.student)
        draft, old = self.moving / f"{key}.new", self.moving / f"{key}.old"
        for leftover in (draft, old):
            _remove(leftover)
        draft.mkdir()
        own = draft / f"{notebook_of(result.lab)}.ipynb"
        own.write_text(result.notebook, encoding="utf-8")
        if timestamp is not None:
            (draft / TIMESTAMP).write_text(stamp(timestamp), encoding="utf-8")
        for name, content in submission.files.items():
            path = draft / name
            ours = name.lower().endswith(".ipynb") or PurePosixPath(name).parts[0] == TIMESTAMP
            if not ours and path.resolve().is_relative_to(draft.resolve()):
                _write(path, content)
        final = self.folder(result.lab, result.student)
        for other in final.glob("*.ipynb") if "/" in result.lab else ():  # the assignment's other notebooks
            if other.name != own.name:
                shutil.copy2(other, draft)
        final.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            final.rename(old)
        draft.rename(final)
        shutil.rmtree(old, ignore_errors=True)

    def folder(self, lab: str, student: str) -> Path:
        """Where nbgrader expects the graded submission."""
        return self.autograded / student / assignment_of(lab)

    def placed(self, lab: str, student: str) -> bool:
        """Whether the graded notebook is there."""
        path = self.folder(lab, student) / f"{notebook_of(lab)}.ipynb"
        return path.is_file() and path.stat().st_size > 0

    def leftovers(self, lab: str, student: str) -> list[Path]:
        """What is kept of one submission between grading and saving."""
        key = _key(lab, student)
        return [*self.results.glob(f"{key}*"), *self.moving.glob(f"{key}*")]

    def read(self, lab: str, student: str) -> Result | None:
        """The result in a graded notebook's metadata; None if there is none, or only a part of it."""
        try:
            text = (self.folder(lab, student) / f"{notebook_of(lab)}.ipynb").read_text(encoding="utf-8")
            notebook = json.loads(text)
            cells = [cell["metadata"].get("autograder", {}) for cell in notebook["cells"]]
            records = [cell["record"] for cell in cells if "record" in cell]
            return Result.from_dict({**notebook["metadata"]["autograder"], "records": records, "notebook": text})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def sweep(self) -> None:
        """Remove what killed runs left half-written or half-moved: what no running process has a claim on."""
        for leftover in (*self.results.glob("*.draft"), *self.moving.iterdir()):
            with contextlib.suppress(BlockingIOError, PermissionError, ValueError):
                self._lock(int(leftover.name[:OFFSET_DIGITS], 16))
                _remove(leftover)
                self._unlock(int(leftover.name[:OFFSET_DIGITS], 16))

    def _lock(self, offset: int) -> None:
        fcntl.lockf(self._claims, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, offset)

    def _unlock(self, offset: int) -> None:
        fcntl.lockf(self._claims, fcntl.LOCK_UN, 1, offset)


def _write(path: Path, content: bytes) -> None:
    """Write a student's file, unless its name is in the way of another one's or does not fit here."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        if error.errno not in UNFIT_NAME:
            raise
        _log.warning("%s was not copied to the graded notebook: %s", path.name, error.strerror)


def _remove(path: Path) -> None:
    """Remove a folder, or a file or link, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _offset(lab: str, student: str) -> int:
    return int(_key(lab, student)[:OFFSET_DIGITS], 16)


def _key(lab: str, student: str) -> str:
    return hashlib.sha256(f"{lab}/{student}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
