"""Files that are written whole or not at all, and never in place of anything but an ordinary file."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path


def refuse_odd_target(path: Path) -> None:
    """Refuse to write in place of a folder, a link, a pipe or a device.

    Raises:
        FileExistsError: something is there that is no ordinary file.
    """
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise FileExistsError(errno.EEXIST, "it is there and is no ordinary file", str(path))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A draft beside ``path`` to write into; it takes the place of ``path`` when the block ends without an error.

    Raises:
        OSError: ``path`` cannot be written.
    """
    refuse_odd_target(path)
    draft = path.with_name(f".{os.getpid()}.draft")  # short: the longest name that fits must go on fitting
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
