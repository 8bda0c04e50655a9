"""Tables of known answers on disk: made by the first judge that needs one, read by every other one and in later runs.

A file is plain data under a name that is a digest of the lab and of the code that made it, so nothing in it can be out
of date. What is broken, foreign or open to others' writing is passed over and made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import stat
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import platformdirs

import autograder
from autograder.files.atomic import replacing
from autograder.judge.apart import made_apart
from autograder.judge.clean_state import no_alarm
from autograder.judge.known_answers import KnownAnswers, make_table
from autograder.judge.oracle import Mistake, Question, Workbook, in_name_order

FOLDER_VARIABLE = "AUTOGRADER_CACHE"
"""Environment variable that names another folder than the user's cache directory; empty for no files at all."""
FORMAT = "error model 2"
CODE = ("error_model", "judge", "notebook", "protocol")
MAX_BYTES = 64 * 1024 * 1024
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def table_of(workbook: Workbook) -> KnownAnswers:
    """The known answers to an exercise, from memory, from disk, or made now and kept."""
    with no_alarm():
        table = kept_table(workbook) or _made(workbook)
    workbook.known_answers = table
    return table


def kept_table(workbook: Workbook) -> KnownAnswers | None:
    """The same, unless it would have to be made."""
    if isinstance(workbook.known_answers, KnownAnswers):
        return workbook.known_answers
    path = _path(workbook)
    packed = _read(path) if path is not None else None
    table = _unpacked(packed) if packed is not None else None
    workbook.known_answers = table
    return table


def folder() -> Path | None:
    """Where the tables lie; None if none are to be kept."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        return Path(named) / "error_models" if named else None
    return Path(platformdirs.user_cache_dir("autograder")) / "error_models"


def _path(workbook: Workbook) -> Path | None:
    where = folder()
    return where / f"{_digest(workbook)}.msgpack" if where is not None else None


def _made(workbook: Workbook) -> KnownAnswers:
    path = _path(workbook)
    _ = workbook.questions  # asked here, so that they are known here as well
    packed = made_apart(lambda begin: _packed(make_table(workbook, begin)))
    if packed is None:
        return KnownAnswers()
    packed = packed or _packed(KnownAnswers())  # kept as well: trying again would take as long, and come to the same
    if path is not None:
        _write(path, packed)
    return _unpacked(packed) or KnownAnswers()


def _write(path: Path, packed: bytes) -> None:
    """Keep a table; one that cannot be kept is made again."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(path) as draft:
            draft.touch(mode=0o600)
            draft.write_bytes(packed)


def _digest(workbook: Workbook) -> str:
    replaced = sorted(workbook.replaced.items())
    text = f"{workbook.plan.lab.lab.digest} {workbook.exercise.name} {replaced} {_digest_of_code()}"
    return hashlib.sha256(text.encode()).hexdigest()[:40]


@cache
def _digest_of_code() -> str:
    """Of everything that decides what is in a table."""
    sha = hashlib.sha256(f"{FORMAT} {platform.python_version()} {np.__version__}".encode())
    root = Path(autograder.__file__).parent
    for package in CODE:
        for path in sorted((root / package).rglob("*.py")):
            sha.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()


def _read(path: Path) -> bytes | None:
    """What a file holds; None if there is none, or somebody else may have written it, as its mutants are run."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if status.st_uid != os.getuid() or status.st_mode & _OTHERS_MAY_WRITE or not stat.S_ISREG(status.st_mode):
                return None
            return file.read(MAX_BYTES)
    except OSError:
        return None


def _packed(table: KnownAnswers) -> bytes:
    return zlib.compress(msgpack.packb(_plain(table)), 6)


def _unpacked(packed: bytes) -> KnownAnswers | None:
    """A kept table; None if it is something else."""
    try:
        return _table(msgpack.unpackb(zlib.decompressobj().decompress(packed, MAX_BYTES)))
    except (zlib.error, ValueError, TypeError, KeyError, IndexError, msgpack.UnpackException):
        return None


def _plain(table: KnownAnswers) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "probes": list(map(list, table.probes)),
        "drawn": list(map(list, sorted(table.drawn, key=in_name_order))),
        "keys": list(map(list, table.keys)),
        "mutants": list(map(_plain_mistake, table.mutants)),
        "changing": list(map(_plain_mistake, table.changing)),
        "shape": list(table.rows.shape),
        "rows": np.ascontiguousarray(table.rows, "<f8").tobytes(),
    }


def _table(data: dict[str, Any]) -> KnownAnswers:
    """Inverse of `_plain`.

    Raises:
        ValueError, TypeError, KeyError, IndexError: it is something else.
    """
    if data["format"] != FORMAT:
        raise ValueError(FORMAT)
    mutants = _mistakes(data["mutants"])
    rows = np.frombuffer(data["rows"], "<f8").reshape(data["shape"])
    if len(rows) != len(mutants):
        raise ValueError("a row for each mutant")
    drawn = frozenset(_questions(data["drawn"]))
    return KnownAnswers(
        _questions(data["probes"]), drawn, _questions(data["keys"]), mutants, rows, _mistakes(data["changing"])
    )


def _plain_mistake(mistake: Mistake) -> list[Any]:
    return [mistake.name, mistake.text, list(mistake.generated or ()), mistake.fact]


def _mistakes(data: list[list[Any]]) -> tuple[Mistake, ...]:
    return tuple(Mistake(str(name), str(text), tuple(map(str, told)), bool(fact)) for name, text, told, fact in data)


def _questions(data: list[list[Any]]) -> tuple[Question, ...]:
    questions = tuple((str(name), arguments) for name, arguments in data)
    if not all(arguments is None or isinstance(arguments, bytes) for _, arguments in questions):
        raise ValueError("a question has encoded arguments or none")
    return questions
