"""Where a Chromium is that tests can use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "google-chrome", "chrome")
SKIP = "there is no Chromium that reads temporary files (a snap may not): apt-get install chromium, on Debian"


def find_chromium() -> str:
    """Path of Chromium or Chrome; "" if there is none, or only a snap, which is kept from the tests' folders."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and not _is_snap(Path(path))), "")


def _is_snap(path: Path) -> bool:
    """Whether a program is a snap, or Ubuntu's script that starts one."""
    if path.is_relative_to("/snap") or path.resolve().name == "snap":
        return True
    with path.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"/snap/" in start


def chromium_or_skip() -> str:
    """Path of Chromium; without one the test is skipped."""
    return find_chromium() or pytest.skip(SKIP)
