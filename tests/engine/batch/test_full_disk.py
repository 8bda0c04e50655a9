"""A disk that fills up while grades are saved: one sentence, nothing half-saved, and the next run ends the work."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.gradebook.store import Store
from autograder.grading import batch as batch_module
from autograder.grading.batch import Batch
from autograder.grading.executors import Pool
from autograder.grading.spool import Spool
from autograder.grading.worker_client import Settings
from autograder.model.errors import GradebookError
from autograder.model.lab import Lab
from autograder.model.record import Result, Submission
from tests.engine.batch.test_batch import SETTINGS, handed, state

STUDENTS = [f"s{number:03d}" for number in range(40)]
BULK = b"x" * 40_000  # beside each notebook


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("Only root can make a small disk to fill up.")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch, make_result: Callable[..., Result]) -> Counter[str]:
    """How often each student was graded, with grading itself replaced by full marks and a long notebook."""
    count: Counter[str] = Counter()

    def task(each: Submission, _lab: Lab, _settings: Settings) -> Result:
        count[each.student] += 1
        result = make_result(each.student, handed=each)
        return replace(result, notebook=result.notebook + " " * 20_000)

    monkeypatch.setattr(batch_module, "grade_task", task)
    return count


def run(folder: Path, lab: Lab, pool: Pool) -> None:
    """One run whose gradebook, spool and graded notebooks all lie on one disk."""
    spool = Spool(folder, folder / "autograded")
    try:
        with Store(f"sqlite:///{folder / 'gradebook.db'}") as store:
            batch = Batch(store, spool, pool, SETTINGS)
            batch.run([handed(student, BULK) for student in STUDENTS], {"mini": lab}, lambda _result: None)
    finally:
        spool.close()


@pytest.mark.parametrize("filler", [0, 60_000, 300_000])
def test_full_while_saving(
    filler: int, small_disk: Path, tmp_path: Path, lab: Lab, pool: Pool, graded: Counter[str], empty_gradebook: Path
) -> None:
    """``filler`` moves the moment at which the disk is full."""
    undisturbed = tmp_path / "undisturbed"
    for folder in (undisturbed, small_disk):
        folder.mkdir(exist_ok=True)
        shutil.copy(empty_gradebook, folder / "gradebook.db")
    run(undisturbed, lab, pool)
    graded.clear()
    (small_disk / "filler").write_bytes(b"x" * filler)
    with pytest.raises((OSError, GradebookError), match=r"No space left|disk is full"):
        run(small_disk, lab, pool)
    saved = set(_students(small_disk))
    assert 0 < len(saved) < len(STUDENTS)
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    graded.clear()
    run(small_disk, lab, pool)
    assert not saved & set(graded), "graded twice"
    assert _state(small_disk) == _state(undisturbed)


def _students(folder: Path) -> list[str]:
    with Store(f"sqlite:///{folder / 'gradebook.db'}") as store:
        return list(store.graded("mini"))


def _state(folder: Path) -> object:
    spool = Spool(folder, folder / "autograded")
    with Store(f"sqlite:///{folder / 'gradebook.db'}") as store:
        found = state(store, spool)
    spool.close()
    return found
