"""What is made once of an exercise and kept on disk, for other judges and for later runs.

A file lies under a name that is a digest of the lab and of the code that made it, so nothing in it can be out of date.
What is foreign or open to others' writing is passed over and made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import stat
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
    return where / f"{hashlib.sha256(text.encode()).hexdigest()[:40]}.msgpack"


def write(path: Path | None, content: bytes) -> None:
    """Keep something; what cannot be kept is made again."""
    if path is None:
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(path) as draft:
            draft.touch(mode=0o600)
            draft.write_bytes(content)


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
            return file.read(MAX_BYTES)
    except OSError:
        return None
