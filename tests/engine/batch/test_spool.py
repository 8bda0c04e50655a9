"""What lies in the engine's own folders and is not the engine's never stops a run, and is not lost."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from autograder.grading.finished import not_gradable
from autograder.grading.spool import Spool
from autograder.model.record import Result
from tests.engine.fixtures.mini_lab import mini_lab, submission


@pytest.fixture
def result() -> Result:
    """Any result."""
    return not_gradable(submission(), mini_lab(), "A reason.")


def test_odd_entries_are_passed_over(tmp_path: Path, result: Result) -> None:
    """Folders, pipes, links, unreadable text beside a result that waits."""
    with closing(Spool(tmp_path, tmp_path / "autograded")) as spool:
        waits = spool.put(result)
        (spool.results / "0folder.result").mkdir()
        os.mkfifo(spool.results / "0pipe.result")
        (spool.results / "0loop.result").symlink_to("0loop.result")
        (spool.results / "0text.result").write_text("no result")
        (spool.results / "0folder.draft").mkdir()
        (spool.moving / "notes").mkdir()
        spool.sweep()
        assert [(path, found.student) for path, found in spool.waiting()] == [(waits, "ada")]


@pytest.mark.parametrize("suffix", [".result", ".draft"])
def test_a_folder_in_a_results_place_is_moved_aside(tmp_path: Path, result: Result, suffix: str) -> None:
    """With what is in it."""
    with closing(Spool(tmp_path, tmp_path / "autograded")) as spool:
        place = spool.put(result).with_suffix(suffix)
        place.unlink(missing_ok=True)
        place.mkdir()
        (place / "mine.txt").write_text("kept")
        spool.put(result)
        assert [found.student for _, found in spool.waiting()] == ["ada"]
        assert [path.read_text() for path in spool.results.glob("*/mine.txt")] == ["kept"]


@pytest.mark.parametrize("suffix", [".new", ".old"])
def test_a_file_in_the_place_of_a_folder_that_moves(tmp_path: Path, result: Result, suffix: str) -> None:
    """Left by a sick file system: it is replaced."""
    with closing(Spool(tmp_path, tmp_path / "autograded")) as spool:
        key = spool.put(result).stem
        (spool.moving / f"{key}{suffix}").write_text("odd")
        spool.place(result, submission())
        spool.place(result, submission())
        assert spool.placed("mini", "ada")
