"""A Python process that dies is told apart, in a sentence, and costs nobody else anything."""

from __future__ import annotations

import pytest

from autograder.sandbox.client import RunnerClient
from autograder.sandbox.sandbox import Sandbox
from tests.engine.runner.conftest import call, shown


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import os\nos._exit(0)", "ended the whole Python process (exit status 0)"),
        ("import os\nos._exit(7)", "exit status 7"),
        ("import os\nos.abort()", "SIGABRT"),
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("import os\nos.kill(os.getpid(), 9)", "SIGKILL"),
        ("import os\nos.execv('/bin/true', ['true'])", "exit status 0"),
        ("import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __getattr__(s, n): return s.b\nA().a", "SIGSEGV"),
        ("import os\nos.close(3)\nos.close(2)\nos.close(1)", ""),
        ("import os\nos.closerange(0, 100)", ""),
        ("import gc, socket\n[o.close() for o in gc.get_objects() if type(o) is socket.socket]", ""),
    ],
)
def test_the_ways_to_die(sandbox: Sandbox, runner: RunnerClient, cell: str, words: str) -> None:
    """Status crash and what happened; a fresh runner starts right away."""
    outcome = runner.execute(cell, 20)
    assert outcome.status in ("crash", "memory")
    assert not runner.alive
    assert outcome.error is not None
    assert words in outcome.error.message
    assert shown(sandbox.runner({}).execute("6 * 7", 20)) == ["42"]


def test_a_crash_with_a_child_that_lives_on_is_noticed_at_once(runner: RunnerClient) -> None:
    """The child inherited the channel, so the channel alone would not tell."""
    outcome = runner.execute("import os, time\nif os.fork() == 0:\n    time.sleep(60)\nos._exit(1)", 20)
    assert outcome.status == "crash"
    assert outcome.seconds < 5


def test_a_crash_in_a_call(runner: RunnerClient) -> None:
    """The same in a function."""
    runner.execute("import os\ndef f():\n    os._exit(1)", 20)
    outcome = call(runner, "f")
    assert outcome.status == "crash"
    assert outcome.value is None


def test_the_sandbox_killed_from_outside_is_started_again(sandbox: Sandbox, runner: RunnerClient) -> None:
    """Whatever happens to the warm parent, the next runner gets a new one."""
    sandbox.kill()
    assert runner.execute("1", 20).status == "crash"
    assert shown(sandbox.runner({}).execute("6 * 7", 20)) == ["42"]


def test_a_child_of_the_cell_that_returns_into_the_engine(runner: RunnerClient) -> None:
    """os.fork() in a cell makes a second process that answers the same request: the first answer counts."""
    runner.execute("import os\npid = os.fork()\nif pid == 0:\n    os._exit(0)\nos.waitpid(pid, 0)", 20)
    assert shown(runner.execute("6 * 7", 20)) == ["42"]
    outcome = runner.execute("os.fork()", 20)
    assert outcome.status in ("ok", "crash")
    assert runner.execute("1", 20).status in ("ok", "crash")
