"""What is made once of an exercise and kept on disk, for other judges and for later runs.

A file lies under a name that is a digest of the lab and of the code that made it, so nothing in it can be out of date.
What is foreign or open to others' writing is passed over and made anew.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import platform
import stat
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import platformdirs

import autograder
from autograder.files.atomic import replacing
from autograder.judge.oracle import Workbook
from autograder.judge.plan import Plan

FOLDER_VARIABLE = "AUTOGRADER_CACHE"
"""Environment variable that names another folder than the user's cache directory; empty for no files at all."""
CODE = ("error_model", "judge", "notebook", "protocol", "runner")
MAX_BYTES = 64 * 1024 * 1024
MAX_KEPT_BYTES = 512 * 1024 * 1024  # of all files together; beyond it, those go that were read longest ago
PATIENCE_SECONDS = 120.0  # for another process that makes the same
SUFFIX = ".msgpack"
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def folder() -> Path | None:
    """Where the tables lie; None if none are to be kept."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        return Path(named) / "error_models" if named else None
    return Path(platformdirs.user_cache_dir("autograder")) / "error_models"


def path_of(workbook: Workbook, what: str) -> Path | None:
    """Where something about an exercise lies; None if nothing is to be kept.

    Args:
        workbook: the exercise.
        what: what it is, and in which format.
    """
    replaced = sorted(workbook.replaced.items())
    return path_in(workbook.plan, f"{what} {workbook.exercise.name} {replaced}")


def path_in(plan: Plan, what: str) -> Path | None:
    """The same for something about a whole lab."""
    if (where := folder()) is None:
        return None
    text = f"{what} {plan.lab.lab.digest} {_digest_of_code()}"
    return where / f"{hashlib.sha256(text.encode()).hexdigest()[:40]}{SUFFIX}"


def write(path: Path | None, content: bytes) -> None:
    """Keep something; what cannot be kept is made again."""
    if path is None:
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(path) as draft:
            draft.touch(mode=0o600)
            draft.write_bytes(content)
        _make_room(path.parent)


@contextlib.contextmanager
def by_one(path: Path | None) -> Iterator[None]:
    """Let one process at a time make what lies there; who had to wait finds it made.

    Nobody waits for ever: what two make comes to the same.
    """
    descriptor, lock = None, None if path is None else path.with_suffix(".lock")
    try:
        if lock is not None:
            with contextlib.suppress(OSError):
                lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
                _lock(descriptor)
        yield
    finally:
        if lock is not None and descriptor is not None:
            with contextlib.suppress(OSError):
                os.unlink(lock)
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < limit:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return


def _make_room(where: Path) -> None:
    """Remove the files that were read longest ago, if all together are too many."""
    with os.scandir(where) as found:
        files = [(entry.stat(), entry.path) for entry in found if entry.name.endswith(SUFFIX)]
    left = sum(status.st_size for status, _ in files) - MAX_KEPT_BYTES
    for status, path in sorted(files, key=lambda one: one[0].st_mtime):
        if left <= 0:
            break
        with contextlib.suppress(OSError):
            os.unlink(path)
        left -= status.st_size


@cache
def _digest_of_code() -> str:
    """Of everything that decides what is in a table."""
    sha = hashlib.sha256(f"{platform.python_version()} {np.__version__}".encode())
    root = Path(autograder.__file__).parent
    for package in CODE:
        for path in sorted((root / package).rglob("*.py")):
            sha.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()


def read(path: Path | None) -> bytes | None:
    """What a file holds; None if there is none, or somebody else may have written it, as mutants are run."""
    if path is None:
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if status.st_uid != os.getuid() or status.st_mode & _OTHERS_MAY_WRITE or not stat.S_ISREG(status.st_mode):
                return None
            with contextlib.suppress(OSError):
                os.utime(descriptor)  # it is in use
            return file.read(MAX_BYTES)
    except OSError:
        return None
