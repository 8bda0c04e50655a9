"""A made-up course of two labs, copied to where a test may change it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coursebuild.course import AuthoredCourse, read_course

COURSE = Path(__file__).parent / "fixtures" / "course"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the made-up course, with the real settings of nbgrader."""
    shutil.copytree(COURSE, tmp_path, dirs_exist_ok=True)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


@pytest.fixture
def course(root: Path) -> AuthoredCourse:
    """The made-up course, read."""
    return read_course(root)


@pytest.fixture
def change(root: Path) -> Callable[[str, str, str], int]:
    """`change(path, old, new)` edits a file of the copy; returns the line of the first edit."""

    def edit(path: str, old: str, new: str) -> int:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return edit
