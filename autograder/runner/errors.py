"""An exception of a student's code as plain text: only the student's own frames, each with its line."""

from __future__ import annotations

import linecache
import os
import traceback
from types import TracebackType
from typing import Any

CELL_PREFIX = "Cell In["
MESSAGE_CHARS = 2_000
LINE_CHARS = 300
FRAMES_SHOWN = 8


def is_students(filename: str, folder: str) -> bool:
    """Whether code from this file was written by the student: a cell, or a module in their folder."""
    return filename.startswith((CELL_PREFIX, folder + os.sep))


def describe(error: BaseException, folder: str) -> dict[str, Any]:
    """Plain data of an exception: the fields of `autograder.sandbox.outcomes.StudentError`. Never raises."""
    kind = type(error)
    message = _text(error)
    frames = [(name, line, place) for name, line, place in _frames(error.__traceback__) if is_students(name, folder)]
    lines = [(name, number, place, _source(name, number)) for name, number, place in frames]
    shown = lines if len(lines) <= FRAMES_SHOWN else [*lines[:3], *lines[3 - FRAMES_SHOWN :]]
    parts: list[str] = []
    for position, (name, number, place, text) in enumerate(shown):
        if position == 3 and len(lines) > FRAMES_SHOWN:
            parts.append(f"... {len(lines) - FRAMES_SHOWN} more calls ...")
        where = os.path.relpath(name, folder) if name.startswith(folder + os.sep) else name
        parts.append(f"{where}, line {number}" + ("" if place == "<module>" else f", in {place}"))
        if text:
            parts.append(f"    {text}")
    line = lines[-1][3] if lines else None
    if isinstance(error, SyntaxError):
        parts += _syntax(error)
        line = _short(error.text)
        message = str(error.msg) if error.msg else message
    parts.append(f"{kind.__name__}: {message}" if message else kind.__name__)
    return {
        "type_name": kind.__name__[:200],
        "mro": [base.__name__[:200] for base in kind.__mro__[:20]],
        "message": message,
        "traceback": "\n".join(parts),
        "line": line,
    }


def _frames(trace: TracebackType | None) -> list[tuple[str, int, str]]:
    try:
        return [(frame.f_code.co_filename, number, frame.f_code.co_name) for frame, number in traceback.walk_tb(trace)]
    except Exception:
        return []


def _syntax(error: SyntaxError) -> list[str]:
    parts = [f"{error.filename}, line {error.lineno}"]
    if text := _short(error.text):
        parts.append(f"    {text}")
        stripped = len(error.text or "") - len((error.text or "").lstrip())
        column = (error.offset or 0) - stripped
        if 0 < column <= LINE_CHARS:
            parts.append(" " * (column + 3) + "^")
    return parts


def _source(filename: str, number: int) -> str | None:
    return _short(linecache.getline(filename, number))


def _short(line: Any) -> str | None:
    text = line.strip()[:LINE_CHARS] if isinstance(line, str) else ""
    return text or None


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MESSAGE_CHARS]
    except BaseException:  # its __str__ is the student's code
        return "(this exception has no readable message)"
