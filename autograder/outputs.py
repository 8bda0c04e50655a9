"""Results on disk: a spool that survives any kill, and ``autograded/`` folders that are moved into place whole.

The order is: spool file (written and synced, then renamed) -> gradebook -> folder -> spool file removed. Whatever
is in the spool when a run starts was graded but perhaps not saved; saving twice changes nothing, so it is saved again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgpack

from autograder.record import Result, Submission

STATE = ".autograder"


class Outputs:
    """The grading state below one course folder."""

    def __init__(self, root: Path, autograded: Path) -> None:
        self.autograded = autograded
        self.spool = root / STATE / "spool"
        self.moving = autograded / ".moving"  # same file system, and hidden from nbgrader's globs
        for folder in (self.spool, self.moving):
            folder.mkdir(parents=True, exist_ok=True)
        self._claims = (root / STATE / "claims").open("w")  # one byte a submission is locked, none is written

    def claim(self, lab: str, student: str) -> bool:
        """Hold one submission against other graders on this machine; False when another one has it.

        The kernel drops every claim of a process when it ends, however it ends.
        """
        try:
            fcntl.lockf(self._claims, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _offset(lab, student))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def release(self, lab: str, student: str) -> None:
        """Give a claim back."""
        fcntl.lockf(self._claims, fcntl.LOCK_UN, 1, _offset(lab, student))

    def close(self) -> None:
        """Give every claim back."""
        self._claims.close()

    def put(self, result: Result) -> Path:
        """Write a result into the spool, durably."""
        path = self.spool / _key(result.lab, result.student)
        draft = path.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as handle:
            handle.write(msgpack.packb(result.to_dict()))
            handle.flush()
            os.fsync(handle.fileno())
        draft.rename(path)
        return path

    def waiting(self) -> Iterator[tuple[Path, Result]]:
        """Results that an earlier run graded but may not have saved; half-written ones are dropped."""
        for draft in self.spool.glob("*.draft"):
            if not _alive(draft):
                draft.unlink(missing_ok=True)
        for path in sorted(self.spool.glob("*.result")):
            try:
                yield path, Result.from_dict(msgpack.unpackb(path.read_bytes()))
            except FileNotFoundError:
                continue  # another grader saved it meanwhile
            except (ValueError, TypeError, KeyError, msgpack.UnpackException):
                path.unlink(missing_ok=True)

    def place(self, result: Result, submission: Submission) -> None:
        """Make ``autograded/<student>/<lab>`` hold the executed notebook and the student's other files."""
        key = f"{os.getpid()}-{_key(result.lab, result.student)}"
        draft, old = self.moving / f"{key}.new", self.moving / f"{key}.old"
        for leftover in (draft, old):
            shutil.rmtree(leftover, ignore_errors=True)
        draft.mkdir()
        for name, content in submission.files.items():
            path = draft / name
            if not name.lower().endswith(".ipynb") and path.resolve().is_relative_to(draft.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        (draft / f"{result.lab}.ipynb").write_text(result.notebook, encoding="utf-8")
        final = self.folder(result.lab, result.student)
        final.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            final.rename(old)
        draft.rename(final)
        shutil.rmtree(old, ignore_errors=True)

    def folder(self, lab: str, student: str) -> Path:
        """Where nbgrader expects the graded submission."""
        return self.autograded / student / lab

    def placed(self, lab: str, student: str) -> bool:
        """Whether the graded notebook is where it belongs."""
        return (self.folder(lab, student) / f"{lab}.ipynb").is_file()

    def sweep(self) -> None:
        """Remove what killed runs left half-moved."""
        for leftover in self.moving.iterdir():
            if not _alive(leftover):
                shutil.rmtree(leftover, ignore_errors=True)


def _offset(lab: str, student: str) -> int:
    return int(_key(lab, student)[:15], 16)


def _key(lab: str, student: str) -> str:
    return hashlib.sha256(f"{lab}/{student}".encode("utf-8", "surrogateescape")).hexdigest()[:32] + ".result"


def _alive(path: Path) -> bool:
    """Whether the process whose number the draft's name carries still runs."""
    numbers = [part for part in path.name.replace("-", ".").split(".") if part.isdigit() and len(part) < 10]
    return any(_runs(int(number)) for number in numbers)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
