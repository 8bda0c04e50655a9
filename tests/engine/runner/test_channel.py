"""The runner's channel is in the hands of the student's process: whatever comes out of it, the trusted side stands."""

from __future__ import annotations

import socket
import time
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.channel import MessageReader, unpack
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.outcomes import BadMessage, CallOutcome, CellOutcome, FetchOutcome, Outcome, read_answer
from autograder.sandbox.sandbox import Sandbox
from tests.engine.fixtures.mini_course import wait_for
from tests.engine.runner.conftest import shown

FORGE = """
import socket, msgpack, time, os
channel = socket.socket(fileno=os.dup(3))
def send(message, size=None):
    body = message if isinstance(message, bytes) else msgpack.packb(message)
    channel.sendall((len(body) if size is None else size).to_bytes(8, "big") + body)
fine = {"status": "ok", "outputs": [], "sightings": [], "count": 1, "seconds": 0.0}
"""


@pytest.mark.parametrize(
    "cell",
    [
        "send(b'garbage')",
        "channel.sendall(b'x' * 10**6)",
        "send({'id': 10**9, **fine})",
        "send({'id': 1})",
        "send([1, 2])",
        "send({**fine, 'id': 3, 'status': 'passed'})",
        "send({**fine, 'id': 3, 'outputs': 'x'})",
        "send({**fine, 'id': 3, 'outputs': [{'output_type': 'display_data', 'data': {'text/x-evil': ''}}]})",
        "send({**fine, 'id': 3, 'sightings': ['x'] * 1000})",
        "send({**fine, 'id': 3, 'outputs': [[]] * 10**6})",
        "send(b'\\x91' * 10**5)",
        "send(b'', size=2**62)",
        "send({'id': 3, 'notice': 'output'})\nsend({'id': 3, 'notice': 'output'})",
        "send({**fine, 'id': 3})\nsend({**fine, 'id': 4})\ntime.sleep(0.5)",
    ],
)
def test_forged_messages_end_the_runner_and_nothing_else(sandbox: Sandbox, runner: RunnerClient, cell: str) -> None:
    """Garbage, wrong numbers, wrong fields, too many parts, too deep, too large, too many: a crash, in a sentence."""
    assert runner.execute("1", 20).status == "ok"
    outcome = runner.execute(FORGE + cell, 20)
    for _ in range(2):  # well-formed answers came first; the true ones, which follow them, are found out next
        if outcome.status == "ok":
            time.sleep(0.6)
            outcome = runner.execute("1", 20)
    assert outcome.status == "crash"
    assert not runner.alive
    assert outcome.error is not None
    assert "grader's own channel" in outcome.error.message
    assert shown(sandbox.runner({}).execute("6 * 7", 20)) == ["42"]


def test_a_message_that_never_ends_is_a_timeout(runner: RunnerClient) -> None:
    """Half a message keeps nobody waiting for longer than the cell may take."""
    outcome = runner.execute(FORGE + "channel.sendall((10**6).to_bytes(8, 'big'))\ntime.sleep(60)", 0.5)
    assert outcome.status in ("timeout", "crash")
    assert outcome.seconds < 5


def test_a_slow_drip_is_a_timeout(runner: RunnerClient) -> None:
    """A byte every now and then does not put the deadline off."""
    cell = "channel.sendall((10**6).to_bytes(8, 'big'))\nwhile True:\n    try:\n        channel.sendall(b'x')\n"
    outcome = runner.execute(FORGE + cell + "        time.sleep(0.01)\n    except BaseException: pass", 0.5)
    assert outcome.status == "timeout"
    assert outcome.seconds < 5


def test_what_is_sent_between_requests_is_noticed(runner: RunnerClient) -> None:
    """A thread that answers the next request beforehand."""
    cell = "import threading\nthreading.Timer(0.2, lambda: send({**fine, 'id': 99})).start()"
    runner.execute(FORGE + cell, 20)
    wait_for(lambda: runner.execute("1", 20).status == "crash", seconds=20)


def test_a_well_forged_answer_carries_only_the_students_own_values(runner: RunnerClient) -> None:
    """All that can be forged is what the student could have computed."""
    runner.execute("1", 20)
    cell = FORGE + "send({**fine, 'id': 3, 'outputs': [{'output_type': 'stream', 'name': 'stdout', 'text': 'hi'}]})"
    outcome = runner.execute(cell + "\ntime.sleep(0.2)", 20)
    assert outcome.status == "crash" or (outcome.status, outcome.outputs[0]["text"]) == ("ok", "hi")


def test_reading_requests_off_the_channel_gives_nothing(runner: RunnerClient) -> None:
    """A thread that steals the next request leaves its own notebook without an answer."""
    cell = FORGE + "import threading\nthreading.Thread(target=channel.recv, args=(10**6,), daemon=True).start()"
    runner.execute(cell, 20)
    assert runner.execute("1", 0.5).status in ("ok", "timeout", "crash")


def test_the_reader_bounds_messages() -> None:
    """By size before anything is stored, and by the number of parts while they are read."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        reader = MessageReader(ours, max_bytes=1000)
        theirs.sendall((1001).to_bytes(8, "big"))
        with pytest.raises(BadMessage):
            reader.receive()
    with pytest.raises(BadMessage):
        unpack(msgpack.packb({"a": [[]] * 300_000}))


TEXT = st.text(max_size=5)
KINDS = [Outcome, CellOutcome, FetchOutcome, CallOutcome]
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats() | TEXT | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
FIELDS = ("status", "error", "sightings", "outputs", "count", "values", "problems", "value", "changed")
GOOD: dict[str, Any] = {"status": "ok", "sightings": [], "outputs": [], "value": b"", "values": {}, "changed": []}


@given(st.dictionaries(st.sampled_from(FIELDS), PLAIN), st.sampled_from(KINDS))
def test_any_plain_answer_is_an_outcome_or_a_bad_message(fields: dict[str, Any], kind: type[Outcome]) -> None:
    """Nothing that a runner can send raises anything else."""
    try:
        outcome = read_answer({**GOOD, **fields}, kind)
    except BadMessage:
        return
    assert outcome.status in ("ok", "error", "memory", "output")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_dict_or_a_bad_message(body: bytes) -> None:
    """Nor does anything that is not even plain."""
    try:
        assert isinstance(unpack(body), dict)
    except BadMessage:
        return
