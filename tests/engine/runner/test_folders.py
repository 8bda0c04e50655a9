"""Folders as plain data: bounded, without links, and never outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.runner import folders
from autograder.sandbox.outcomes import BadMessage, FilesOutcome, read_answer


def test_regular_files_are_read_and_others_left_out(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text("a")
    (tmp_path / ".hidden").write_text("h")
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "sub/up").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    assert folders.files_in(str(tmp_path)) == {"sub/a.txt": b"a"}


def test_what_is_beyond_the_bounds_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MAX_BYTES", 10)
    monkeypatch.setattr(folders, "MAX_FILES", 2)
    for name, size in {"a": 20, "b": 4, "c": 4, "d": 1}.items():
        (tmp_path / name).write_bytes(b"x" * size)
    assert list(folders.files_in(str(tmp_path))) == ["b", "c"]


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../out", "", "a//b", "a\0b", "./a", "a/.."])
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    folders.write_files(str(folder), {name: b"x", "kept/b": b"y"})
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["b"]
    with pytest.raises(BadMessage):
        read_answer({"status": "ok", "sightings": [], "outputs": [], "files": {name: b"x"}}, FilesOutcome)
