"""The order of a full run, which tests run in one process, and which belong to `make check`.

What is fast and finds most comes first, what is marked slow comes last. The tests of a file share fixtures, so they
stay in one process, unless the file is marked `spread`: then each goes wherever there is time. Slow tests that must
stay together start before those that are spread, and longer ones before shorter ones, so that no process ends long
before another.
"""

from __future__ import annotations

import asyncio
import fcntl
import gc
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
FIRST = ["build", "locale", "checks", "solutions", "catalogue", "engine"]
QUICK = (
    *("build", "locale", "checks", "catalogue", "solutions", "notebooks/test_contract.py", "notebooks/test_static.py"),
    *("docs/test_pages.py", "docs/test_students.py", "engine/judge", "engine/repair", "engine/publish"),
    *("engine/similar", "engine/test_codec.py", "engine/test_figures.py"),
)
"""Folders and files whose tests need no sandbox, no browser, no kernel and no gradebook, but for those marked slow."""
SECONDS = 30
"""How long a slow test is taken to be that does not say so: `pytest.mark.slow(seconds=60)`."""
T = TypeVar("T")

settings.register_profile("here", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")  # the same examples in every run, however busy the machine is


@pytest.fixture(autouse=True)
def no_running_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide the loop that tests of browsers leave running in their process from all others."""
    if "browser" in request.fixturenames:
        yield
        return
    outer = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(outer)


@pytest.fixture(autouse=True)
def same_path() -> Iterator[None]:
    """Take back what commands that run in this process put first on `sys.path`: a course's folder."""
    before = list(sys.path)
    yield
    sys.path[:] = before


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort, and mark what runs together and what is quick."""
    items.sort(key=_rank)
    for item in items:
        place = _place(item)
        if item.get_closest_marker("spread") is None and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(place))
        if item.get_closest_marker("slow") is None and any(place == q or place.startswith(f"{q}/") for q in QUICK):
            item.add_marker(pytest.mark.quick)


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay until the end: no garbage collection need look at them again."""
    gc.collect()
    gc.freeze()


def _place(item: pytest.Item) -> str:
    """Path of a test's file below tests/."""
    return _below(item.path)


@cache
def _below(path: Path) -> str:
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else path.name


def _rank(item: pytest.Item) -> tuple[bool, bool, float]:
    slow, spread = item.get_closest_marker("slow"), item.get_closest_marker("spread")
    folder = _place(item).partition("/")[0]
    if slow is None:
        return False, False, FIRST.index(folder) if folder in FIRST else len(FIRST)
    return True, spread is not None, -float(slow.kwargs.get("seconds", SECONDS))


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, computed by one of a run's processes and read by the others.

    Args:
        tmp_path_factory: pytest's own fixture.
        name: of the value, unique in the test suite.
        make: computes a value that can be pickled.
    """
    folder = tmp_path_factory.getbasetemp()
    if folder.name.startswith("popen-"):
        folder = folder.parent  # shared by the processes of pytest-xdist
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = folder / f"{name}.pickle"
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
        value: T = pickle.loads(kept.read_bytes())
        return value
