"""Files that are written whole or not at all, and that replace nothing but ordinary files."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path


def refuse_odd_target(path: Path) -> None:
    """Refuse to replace a folder, a link, a pipe or a device.

    Raises:
        FileExistsError: ``path`` exists and is not an ordinary file.
    """
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise FileExistsError(errno.EEXIST, "it exists and is not an ordinary file", str(path))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a draft beside ``path`` to write to; it replaces ``path`` when the block ends without an error.

    Raises:
        OSError: ``path`` cannot be written.
    """
    refuse_odd_target(path)
    draft = path.with_name(f".{os.getpid()}.draft")  # short, so that it fits wherever the name itself does
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
