"""Zip archives that are the same byte for byte if their files are, and that open on every system."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from autograder.files.atomic import replacing

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip archive can store; every entry gets it."""
_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]')
DEVICE_NAME = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names, with any ending, that Windows reserves for devices."""
MAX_PATH = 200
"""Characters of a path inside the archive: Windows allows 260, including the folder that it is unpacked in."""


def bad_name(name: str) -> str | None:
    """Why a path cannot exist on Windows, completing the sentence "<path> ..."; ``None`` if it can."""
    if len(name) > MAX_PATH:
        return f"is longer than {MAX_PATH} characters"
    for part in name.split("/"):
        if _FORBIDDEN.search(part):
            return "has a character that Windows does not allow in names"
        if part.endswith((" ", ".")) or not part:
            return "has a part that ends in a dot or space, or is empty"
        if DEVICE_NAME.fullmatch(part):
            return f"has the part {part}, which Windows reserves for a device"
    return None


def write_zip(path: Path, files: Iterable[tuple[str, Path | bytes]]) -> int:
    """Write an archive whole or not at all.

    Args:
        path: the archive; an old one is replaced when the new one is complete.
        files: name in the archive, and the file's content or path; written in this order.

    Returns:
        The number of files in it.

    Raises:
        OSError: it cannot be written.
    """
    count = 0
    with replacing(path) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, the only system for which the permissions below have a meaning
            info.external_attr = 0o100644 << 16
            if isinstance(content, bytes):
                archive.writestr(info, content, compresslevel=9)
            else:
                info.file_size = content.stat().st_size
                with content.open("rb") as source, archive.open(info, "w") as target:
                    shutil.copyfileobj(source, target)
            count += 1
    return count
