"""What judges keep on disk: made by one, bounded, and nobody waits for ever."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from autograder.judge import kept_files


def test_one_at_a_time_makes_it(tmp_path: Path) -> None:
    path = tmp_path / f"table{kept_files.SUFFIX}"
    inside, made = threading.Event(), []

    def other() -> None:
        inside.wait()
        with kept_files.by_one(path):
            made.append(kept_files.read(path))

    thread = threading.Thread(target=other)
    thread.start()
    with kept_files.by_one(path):
        inside.set()
        thread.join(0.3)
        assert thread.is_alive()  # it waits
        kept_files.write(path, b"made")
    thread.join()
    assert made == [b"made"]
    assert not list(tmp_path.glob("*.lock"))


def test_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"table{kept_files.SUFFIX}"
    monkeypatch.setattr(kept_files, "PATIENCE_SECONDS", 0.1)
    with kept_files.by_one(path), kept_files.by_one(path):
        pass


@pytest.mark.parametrize("kind", ["none", "a file in the way", "a link in the way"])
def test_where_nothing_can_be_locked_it_is_made_all_the_same(kind: str, tmp_path: Path) -> None:
    path = None if kind == "none" else tmp_path / "folder" / f"table{kept_files.SUFFIX}"
    if kind == "a file in the way":
        (tmp_path / "folder").write_text("")
    elif kind == "a link in the way":
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "table.lock").symlink_to(tmp_path / "elsewhere")
    with kept_files.by_one(path):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_those_read_longest_ago_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "MAX_KEPT_BYTES", 30)
    (tmp_path / "somebody's").write_bytes(bytes(100))
    paths = [tmp_path / f"{name}{kept_files.SUFFIX}" for name in "abcd"]
    for age, path in enumerate(paths[:3]):
        kept_files.write(path, bytes(10))
        os.utime(path, (1_000 + age, 1_000 + age))
    assert kept_files.read(paths[0]) == bytes(10)  # which makes it the newest
    kept_files.write(paths[3], bytes(10))
    assert sorted(path.name for path in tmp_path.glob(f"*{kept_files.SUFFIX}")) == sorted(
        path.name for path in (paths[0], paths[2], paths[3])
    )
    assert (tmp_path / "somebody's").exists()
