"""The levels of isolation: found by trying, refused when there is none, and each as good as it says."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from autograder.commands import doctor
from autograder.protocol import codec
from autograder.runner import landlock, seccomp
from autograder.sandbox import levels
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.sandbox import Sandbox
from tests.engine.runner.conftest import SMALL, call, shown

FULL = levels.Offer("full", "/usr/bin/bwrap", bwrap_works=True, bwrap_has_size=True, landlock=7, seccomp=True)


def test_the_best_level_is_found_by_trying() -> None:
    """The offer agrees with itself."""
    offer = levels.detect()
    assert offer.level in levels.LEVELS
    assert offer.bwrap_works == (offer.level in ("full", "namespaces"))
    assert offer.bwrap_works or offer.advice


@pytest.mark.parametrize(
    ("bwrap", "works", "abi", "level"),
    [
        ("/usr/bin/bwrap", True, 7, "full"),
        ("/usr/bin/bwrap", True, 0, "namespaces"),
        ("/usr/bin/bwrap", False, 7, "landlock"),
        ("", False, 7, "landlock"),
        ("", False, 3, "none"),
        ("", False, 0, "none"),
    ],
)
def test_what_is_there_decides_the_level(
    monkeypatch: pytest.MonkeyPatch, bwrap: str, works: bool, abi: int, level: str
) -> None:
    """bubblewrap with and without Landlock, Landlock alone, neither; with advice where something is missing."""
    monkeypatch.setattr(shutil, "which", lambda name: bwrap)
    monkeypatch.setattr(levels, "_try_bwrap", lambda path: levels._Trial(works=works, has_size=works, problem="no"))
    monkeypatch.setattr(landlock, "abi", lambda: abi)
    monkeypatch.setattr(seccomp, "supported", lambda: True)
    offer = levels.detect.__wrapped__()
    assert offer.level == level
    assert bool(offer.advice) == (level != "full")
    monkeypatch.setattr(levels, "detect", lambda: offer)
    lines, status = doctor.report()
    assert status == (level == "none")
    assert any(f'level "{level}"' in line for line in lines)
    if not bwrap:
        assert any("apt-get install bubblewrap" in line for line in lines)


def test_other_systems_are_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS and Windows grading refuses with one sentence."""
    monkeypatch.setattr(sys, "platform", "darwin")
    offer = levels.detect.__wrapped__()
    assert offer.level == "none"
    assert "macOS" in offer.advice[0]


def test_without_isolation_grading_refuses_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal says what to install and what the way out is called."""
    monkeypatch.setattr(levels, "detect", lambda: levels.Offer("none", advice=(levels.INSTALL,)))
    choice = levels.choose_level()
    assert choice.refusal is not None
    assert "apt-get install bubblewrap" in choice.refusal
    assert "--unsafe" in choice.refusal
    assert levels.choose_level(unsafe=True) == levels.Choice("none")


def test_an_unknown_level_is_refused() -> None:
    """With the levels there are."""
    with pytest.raises(ValueError, match="full, namespaces, landlock, none"):
        Sandbox(SMALL, "strong")


def test_doctor_tries_the_sandbox() -> None:
    """``autograder doctor --try`` runs a cell."""
    if levels.detect().level == "none":
        pytest.skip("no isolation here")
    lines, status = doctor.report(attempt=True)
    assert status == 0
    assert re.match(r"Tried it: a sandbox started .* It holds [1-9]\d+ MiB of memory", lines[-1])


def test_gaps_are_named() -> None:
    """What a lower level does not give is said, and the full one has none."""
    assert doctor.gaps(FULL) == []
    for level in ("namespaces", "landlock", "none"):
        assert doctor.gaps(replace(FULL, level=level))
    assert doctor.gaps(replace(FULL, bwrap_has_size=False))
    assert doctor.gaps(replace(FULL, seccomp=False))


@pytest.fixture(params=["landlock", "namespaces", "none"])
def lower(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox at a lower level than this machine's best."""
    level = request.param
    if level == "landlock" and levels.detect().landlock < landlock.NETWORK_SINCE:
        pytest.skip("no Landlock here")
    if level == "namespaces" and not levels.detect().bwrap_works:
        pytest.skip("bubblewrap does not work here")
    with closing(Sandbox(SMALL, level)) as sandbox:
        yield sandbox


def errors_of(runner: RunnerClient, cell: str) -> str:
    """The name of the error that a cell ends with, or "none"."""
    outcome = runner.execute(cell, 20)
    return outcome.error.type_name if outcome.error else "none"


def test_a_lower_level_grades_the_same_and_keeps_what_it_promises(lower: Sandbox) -> None:
    """Cells, calls, interrupts, crashes, clean-up at each level; files, network and signals where it is promised."""
    with closing(lower.runner({"data.csv": b"a\n1\n"})) as runner:
        assert shown(runner.execute("import os\nos.listdir('.')", 20)) == ["['data.csv']"]
        runner.execute("import pandas as pd, numpy as np\ndef f(x):\n    return x + len(pd.read_csv('data.csv'))", 20)
        assert codec.decode(call(runner, "f", 1).value or b"") == 2
        assert runner.execute("while True: pass", 0.3).status == "timeout"
        assert runner.execute("x = bytearray(10**9)", 20).status == "memory"
        assert "data.csv" in str(runner.execute("!ls", 20).outputs)
        runner.execute("import subprocess\np = subprocess.Popen(['sleep', '1000'], start_new_session=True)", 20)
        pid = int(shown(runner.execute("p.pid", 20))[0])
        if lower.level == "landlock":
            here = repr(os.path.abspath(__file__))
            assert errors_of(runner, f"open({here})") == "PermissionError"
            assert errors_of(runner, f"os.chmod({here}, 0)") == "PermissionError"
            assert errors_of(runner, f"os.remove({here})") == "PermissionError"
            assert errors_of(runner, "open('/tmp/autograder-test', 'w')") == "PermissionError"
            assert errors_of(runner, "open('/proc/self/environ')") == "PermissionError"
            assert errors_of(runner, f"os.kill({os.getpid()}, 0)") == "PermissionError"
            assert errors_of(runner, "import socket\nsocket.socket()") == "PermissionError"
            assert errors_of(runner, "socket.socket(socket.AF_UNIX)") == "PermissionError"
            # Where the course is installed in place, its folder is known, but closed.
            assert errors_of(runner, "import solutions") in ("ModuleNotFoundError", "PermissionError")
        assert runner.execute("os._exit(3)", 20).status == "crash"
    assert runner.leftovers == 1
    if lower.level != "namespaces":
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert shown(lower.runner({}).execute("import os\nos.listdir('.')", 20)) == ["[]"]
