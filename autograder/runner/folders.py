"""Small folders as plain data: what the files hold that lie in them, within bounds, and such files written."""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

MAX_FILES = 500
MAX_BYTES = 32 << 20  # of all files together


Stamp = tuple[int, int, int]
"""Changes when a file is written: its number, size and time."""


def files_in(folder: str, known: Mapping[str, Stamp] | None = None) -> dict[str, bytes]:
    """Relative path -> content of the regular files of a folder, hidden ones and links left out.

    What is beyond the bounds is left out as well, and what is known to be unchanged.
    """
    found: dict[str, bytes] = {}
    room = MAX_BYTES
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(place, name)
            if name.startswith(".") or len(found) >= MAX_FILES:
                continue
            try:
                if known and known.get(os.path.relpath(path, folder)) == _stamp(path):
                    continue
                content = _content(path, room)
            except OSError:
                continue
            if content is not None:
                room -= len(content)
                found[os.path.relpath(path, folder)] = content
    return found


def stamps_in(folder: str) -> dict[str, Stamp]:
    """Relative path -> stamp of each file of a folder."""
    found: dict[str, Stamp] = {}
    for place, _, names in os.walk(folder):
        for name in names[: MAX_FILES - len(found)]:
            path = os.path.join(place, name)
            with suppress(OSError):
                found[os.path.relpath(path, folder)] = _stamp(path)
    return found


def _stamp(path: str) -> Stamp:
    status = os.lstat(path)
    return status.st_ino, status.st_size, status.st_mtime_ns


def _content(path: str, room: int) -> bytes | None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = file.read(room + 1)
    return content if len(content) <= room else None


def is_inside(name: str) -> bool:
    """Whether a relative path stays in its folder."""
    parts = name.split("/")
    return 0 < len(name) <= 400 and "\0" not in name and not {"", ".", ".."}.intersection(parts)


def folders_in(folder: str) -> list[str]:
    """Relative paths of the folders in a folder."""
    found = (os.path.relpath(place, folder) for place, _, _ in os.walk(folder))
    return [path for path in itertools.islice(found, MAX_FILES) if path != "."]


def write_files(folder: str, files: Mapping[str, bytes], folders: Iterable[str] = ()) -> None:
    """Write files into a folder, and make folders in it; what cannot lie there is left out."""
    for name in folders:
        if is_inside(name):
            os.makedirs(os.path.join(folder, name), exist_ok=True)
    for name, content in files.items():
        path = os.path.join(folder, name)
        if not is_inside(name):
            continue
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        except OSError:
            continue


def place_for(folder: str, otherwise: str) -> str:
    """The folder itself, made if it is not there, or one in another place where it cannot be made."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        folder = os.path.join(otherwise, os.path.basename(folder))
        os.makedirs(folder, exist_ok=True)
    return folder


def moved(value: Any, folder: str, place: str) -> Any:
    """A value in which paths below a folder lead below another place."""
    if isinstance(value, str) and (value == folder or value.startswith(folder + os.sep)):
        return place + value[len(folder) :]
    if isinstance(value, Path):
        return Path(moved(str(value), folder, place))
    if type(value) in (list, tuple):
        return type(value)(moved(item, folder, place) for item in value)
    if type(value) is dict:
        return {key: moved(item, folder, place) for key, item in value.items()}
    return value
