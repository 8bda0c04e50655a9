"""Memory that shows in no process is counted all the same: shared mappings, socket buffers, files in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from autograder.model.limits import MIB
from autograder.runner import landlock
from autograder.runner.shared_memory import socket_bytes
from autograder.sandbox import levels
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.sandbox import Sandbox
from tests.engine.fixtures.hidden_memory import HIDE, ORDINARY
from tests.engine.runner.conftest import SMALL, shown


@pytest.fixture(scope="module", params=["full", "landlock"])
def filtered(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox at each level with a filter."""
    if request.param == "full" and not levels.detect().bwrap_works:
        pytest.skip("bubblewrap does not work here")
    if request.param == "landlock" and levels.detect().landlock < landlock.NETWORK_SINCE:
        pytest.skip("no Landlock here")
    with closing(Sandbox(replace(SMALL, processes=32, open_files=256), request.param)) as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    "cell",
    [
        "for _ in range(40):\n    hide(64 << 20)",
        "for _ in range(200):\n    try:\n        hide(8 << 20)\n    except OSError: pass\ntime.sleep(9)",
        "m = mmap.mmap(-1, 600 << 20)\nif os.fork() == 0:\n    m.write(b'1' * (600 << 20))\n    os._exit(0)\n"
        "os.wait()\nx = bytearray(b'1') * (90 << 20)\ntime.sleep(9)",
        "hide(400 << 20)\nx = bytearray(b'1') * (350 << 20)\ntime.sleep(9)",
    ],
    ids=["given back", "errors caught", "written by a child", "hidden and shown"],
)
def test_hidden_shared_memory_counts(filtered: Sandbox, cell: str) -> None:
    """Pages that no process shows any more, on their own and together with those that one shows."""
    with closing(filtered.runner({})) as runner:
        runner.execute(HIDE, 20)
        outcome = runner.execute(cell, 20)
        assert outcome.status == "memory"
        assert outcome.error is not None
        assert "700 MiB" in outcome.error.message
    with closing(filtered.runner({})) as runner:  # the next one has all of it again
        runner.execute(HIDE, 20)
        assert runner.execute("hide(300 << 20)", 20).status == "ok"


def test_full_sockets_count(filtered: Sandbox) -> None:
    """Of many processes together; a socket's buffer cannot be made larger."""
    cell = """
    import os, socket, time
    def fill(sockets):
        for end in sockets:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
            end.setblocking(False)
            try:
                while True:
                    end.send(b'x' * 100_000)
            except BlockingIOError:
                pass
    for _ in range(24):
        if os.fork() == 0:
            kept = []
            try:
                for _ in range(60):
                    kept.append(socket.socketpair())
                    fill(kept[-1])
            except OSError:  # there are no more
                pass
            time.sleep(60)
    time.sleep(60)
    """
    with closing(filtered.runner({})) as runner:
        outcome = runner.execute(cell, 20)
        assert outcome.status == "memory"
        assert outcome.seconds < 15


def test_a_socket_keeps_its_size(filtered: Sandbox) -> None:
    """Setting another one succeeds and changes nothing."""
    with closing(filtered.runner({})) as runner:
        sizes = shown(
            runner.execute(
                "import socket\na, b = socket.socketpair()\n"
                "before = a.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)\n"
                "a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * before)\n"
                "a.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)\n"
                "a.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == before, before",
                20,
            )
        )
        assert sizes == [f"(True, {socket_bytes() // 2})"]


def test_files_in_memory_count(sandbox: Sandbox, runner: RunnerClient) -> None:
    """Their content, and the kernel's part of each, also of those that are only open."""
    token = next(iter(sandbox._shared))
    before = sandbox.uncharged(token)
    runner.execute("f = open('big', 'wb')\nf.write(b'x' * (3 << 20))\nf.flush()\nimport os\nos.remove('big')", 20)
    full = sandbox.uncharged(token)
    assert full.shared >= before.shared + 3 * MIB
    runner.execute("for i in range(2000):\n    open(f'/dev/shm/{i}', 'w').close()", 20)
    assert sandbox.uncharged(token).shared >= full.shared + 2000 * 1024


def test_ordinary_use_of_shared_memory_and_sockets(filtered: Sandbox) -> None:
    """Small mappings, event loops and pipes between processes work."""
    with closing(filtered.runner({})) as runner:
        assert runner.execute(ORDINARY, 20).status == "ok"


def test_a_flood_of_mappings_does_not_hold_up_the_sandbox(filtered: Sandbox) -> None:
    """A thread that maps memory for ever, and a process that dies while it asks; the next runner is there at once."""
    with closing(filtered.runner({})) as runner:
        runner.execute(
            HIDE + "import threading\ndef flood():\n    while True:\n        try:\n            mmap.mmap(-1, 1 << 12)\n"
            "        except OSError: pass\nthreading.Thread(target=flood, daemon=True).start()",
            20,
        )
        runner.execute("import os, signal\nif os.fork() == 0:\n    flood()\ntime.sleep(0.5)", 20)
    start = time.monotonic()
    with closing(filtered.runner({})) as runner:
        assert shown(runner.execute("6 * 7", 20)) == ["42"]
    assert time.monotonic() - start < 10
