"""Tables of known answers on disk: made by the first judge that needs one, read by every other and in later runs."""

from __future__ import annotations

import zlib
from typing import Any

import msgpack
import numpy as np

from autograder.judge import kept_files
from autograder.judge.apart import made_apart
from autograder.judge.clean_state import no_alarm
from autograder.judge.known_answers import KnownAnswers, make_table
from autograder.judge.oracle import Mistake, Question, Workbook, in_name_order

FORMAT = "error model 2"
MAX_BYTES = 64 * 1024 * 1024


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
    path = kept_files.path_of(workbook, FORMAT)
    packed = kept_files.read(path)
    table = _unpacked(packed) if packed is not None else None
    workbook.known_answers = table
    return table


def _made(workbook: Workbook) -> KnownAnswers:
    path = kept_files.path_of(workbook, FORMAT)
    _ = workbook.questions  # asked here, so that they are known here as well
    with kept_files.by_one(path):
        if (table := kept_table(workbook)) is not None:
            return table
        packed = made_apart(lambda begin: _packed(make_table(workbook, begin)))
        if packed is None:
            return KnownAnswers()
        packed = packed or _packed(KnownAnswers())  # an empty one, too: trying again would take as long
        kept_files.write(path, packed)
    return _unpacked(packed) or KnownAnswers()


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
