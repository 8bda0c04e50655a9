"""One sandbox for all of these tests, with small limits; each test gets a runner of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from autograder.model.limits import MIB, Limits
from autograder.protocol import codec
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.levels import detect
from autograder.sandbox.outcomes import CallOutcome, CellOutcome
from autograder.sandbox.sandbox import Sandbox

SMALL = Limits(
    memory_bytes=700 * MIB,
    processes=16,
    open_files=64,
    file_bytes=4 * MIB,
    submission_bytes=4 * MIB,
    output_bytes=20_000,
    figure_bytes=200_000,
    value_bytes=2 * MIB,
)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox at the best level of this machine."""
    level = detect().level
    if level not in ("full", "namespaces"):
        pytest.skip("bubblewrap does not work here")
    with closing(Sandbox(SMALL, level)) as sandbox:
        sandbox.start()
        yield sandbox


@pytest.fixture
def runner(sandbox: Sandbox) -> Iterator[RunnerClient]:
    """A fresh runner with one data file."""
    with closing(sandbox.runner({"data.csv": b"a,b\n1,2\n", "numpy.py": b"raise SystemError('shadowed')\n"})) as runner:
        yield runner


@pytest.fixture
def run(runner: RunnerClient) -> Callable[..., CellOutcome]:
    """Run a cell in the fresh runner."""

    def run(source: str, seconds: float = 20) -> CellOutcome:
        return runner.execute(source, seconds)

    return run


def call(runner: RunnerClient, name: str, *positional: Any, seconds: float = 20, **named: Any) -> CallOutcome:
    """Call a student's function with plain arguments."""
    return runner.call(name, codec.encode((positional, named)), seconds)


def text(outcome: CellOutcome, name: str = "stdout") -> str:
    """What a cell printed."""
    streams = [output for output in outcome.outputs if output["output_type"] == "stream"]
    return "".join(stream["text"] for stream in streams if stream["name"] == name)


def shown(outcome: CellOutcome, kind: str = "text/plain") -> list[str]:
    """The rich outputs of one kind."""
    return [output["data"][kind] for output in outcome.outputs if kind in output.get("data", {})]
