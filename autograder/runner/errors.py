"""Describe an exception of a student's code as plain text: only the student's own frames, each with its line."""

from __future__ import annotations

import linecache
import os
import traceback
from types import TracebackType
from typing import Any

from autograder.protocol.answers import ERROR_CHARS, MAX_BASES, NAME_CHARS

CELL_PREFIX = "Cell In["
MESSAGE_CHARS = 2_000
MESSAGE_LINES = 40
LINE_CHARS = 300
FRAMES_SHOWN = 8

_written: dict[str, list[str]] = {}  # name of a cell's code -> the lines that the student wrote


def is_students(filename: str, folder: str) -> bool:
    """Whether code from this file was written by the student: a cell, or a module in their folder."""
    return filename.startswith((CELL_PREFIX, folder + os.sep))


def remember_source(name: str, raw: str, transformed: str) -> None:
    """Remember a cell as the student wrote it, if its lines are those of the code that runs."""
    lines = raw.strip("\n").splitlines()
    if len(lines) == len(transformed.strip("\n").splitlines()):
        _written[name] = lines


def describe(error: BaseException, folder: str) -> dict[str, Any]:
    """Return an exception as plain data, the fields of `autograder.sandbox.outcomes.StudentError`. Never raises."""
    kind = type(error)
    name_of_kind = kind.__name__[:NAME_CHARS]
    message = _text(error)
    frames = [(name, line, place) for name, line, place in _frames(error.__traceback__) if is_students(name, folder)]
    lines = [(name, number, place, _source(name, number)) for name, number, place in frames]
    shown = lines if len(lines) <= FRAMES_SHOWN else [*lines[:3], *lines[3 - FRAMES_SHOWN :]]
    parts: list[str] = []
    for position, (name, number, place, text) in enumerate(shown):
        if position == 3 and len(lines) > FRAMES_SHOWN:
            parts.append(f"... {len(lines) - FRAMES_SHOWN} more calls ...")
        where = os.path.relpath(name, folder) if name.startswith(folder + os.sep) else name
        where, place = where[:LINE_CHARS], place[:LINE_CHARS]
        parts.append(f"{where}, line {number}" + ("" if place == "<module>" else f", in {place}"))
        if text:
            parts.append(f"    {text}")
    line = lines[-1][3] if lines else None
    if isinstance(error, SyntaxError):
        parts += _syntax(error)
        line = _short(error.text)
        message = _first_lines(error.msg) if isinstance(error.msg, str) and error.msg else message
    parts.append(f"{name_of_kind}: {message}" if message else name_of_kind)
    return {
        "type_name": name_of_kind,
        "mro": [base.__name__[:NAME_CHARS] for base in kind.__mro__[:MAX_BASES]],
        "message": message,
        "traceback": "\n".join(parts)[:ERROR_CHARS],
        "line": line,
    }


def _frames(trace: TracebackType | None) -> list[tuple[str, int, str]]:
    try:
        return [(frame.f_code.co_filename, number, frame.f_code.co_name) for frame, number in traceback.walk_tb(trace)]
    except Exception:
        return []


def _syntax(error: SyntaxError) -> list[str]:
    parts = [f"{str(error.filename)[:LINE_CHARS]}, line {error.lineno}"]
    if text := _short(error.text):
        parts.append(f"    {text}")
        stripped = len(error.text or "") - len((error.text or "").lstrip())
        column = (error.offset or 0) - stripped
        if 0 < column <= LINE_CHARS:
            parts.append(" " * (column + 3) + "^")
    return parts


def _source(filename: str, number: int) -> str | None:
    line = linecache.getline(filename, number)
    written = _written.get(filename, [])
    if "get_ipython()." in line and 0 < number <= len(written):
        line = written[number - 1]  # the magic itself, not the call that IPython makes of it
    return _short(line)


def _short(line: Any) -> str | None:
    text = line.strip()[:LINE_CHARS] if isinstance(line, str) else ""
    return text or None


def _text(error: BaseException) -> str:
    try:
        return _first_lines(str(error))
    except BaseException:  # its __str__ is the student's code
        return "(this exception has no readable message)"


def _first_lines(text: str) -> str:
    """Return the first lines of a long message."""
    short = text[:MESSAGE_CHARS]
    if len(lines := short.splitlines()) > MESSAGE_LINES:
        short = "\n".join([*lines[:MESSAGE_LINES], "..."])
    return short
