"""Functions of the lab's own in a student's runner: they ask this side, and plain data crosses."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from autograder.protocol import codec
from autograder.protocol.boxes import box
from autograder.sandbox import client
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.outcomes import CallOutcome, StudentError
from tests.engine.runner.conftest import call


class Lab:
    """Answers calls of `double`, and remembers them."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def __call__(self, name: str, arguments: bytes) -> CallOutcome:
        args, kwargs = codec.decode(arguments)
        self.asked.append((name, args, kwargs))
        if any(isinstance(value, str) for value in args):
            return CallOutcome("error", StudentError("ValueError", ["ValueError"], "no text", ""))
        return CallOutcome("ok", value=codec.encode(2 * np.asarray(args[0] if args else kwargs["x"])))


@pytest.fixture
def lab(runner: RunnerClient) -> Lab:
    """`double` and `limit` provided."""
    lab = Lab()
    outcome = runner.provide({"double": "(x, y=...)"}, {"limit": codec.encode(7)}, lab, 20)
    assert outcome.status == "ok"
    return lab


def test_cells_and_functions_may_call_it(runner: RunnerClient, lab: Lab) -> None:
    cell = "import numpy as np\nmade = double(x=[1, 2])\ndef f(z):\n    return double(z) + limit\n"
    assert runner.execute(cell, 20).status == "ok"
    np.testing.assert_array_equal(codec.decode(runner.fetch(["made"], 20).values["made"]), [2, 4])
    assert codec.decode(call(runner, "f", 5).value or b"") == 17
    assert lab.asked == [("double", (), {"x": [1, 2]}), ("double", (5,), {})]


def test_what_lies_in_a_box_is_not_asked(runner: RunnerClient) -> None:
    lab, asked = Lab(), codec.encode(((2,), {}))
    boxes = dict([box("double", asked, codec.encode(5))])
    runner.provide({"double": "(x)"}, {}, lab, 20, boxes=boxes)
    runner.execute("made = [double(2), double(3), double(2)]", 20)
    assert codec.decode(runner.fetch(["made"], 20).values["made"]) == [5, 6, 5]
    assert lab.asked == [("double", (3,), {})]


def test_it_looks_like_a_function(runner: RunnerClient, lab: Lab) -> None:
    cell = "import inspect\nfound = [callable(double), double.__name__, str(inspect.signature(double)), repr(double)]"
    runner.execute(cell, 20)
    found = codec.decode(runner.fetch(["found"], 20).values["found"])
    assert found == [True, "double", "(x, y=Ellipsis)", "<function double>"]


def test_it_raises_what_the_lab_raises(runner: RunnerClient, lab: Lab) -> None:
    runner.execute(
        "def f():\n    try:\n        double('a')\n    except ValueError as error:\n        return str(error)", 20
    )
    assert codec.decode(call(runner, "f").value or b"") == "no text"


def test_the_time_limit_counts_questions_too(runner: RunnerClient, lab: Lab) -> None:
    started = time.monotonic()
    runner.execute("def f():\n    while True:\n        double(1)", 20)
    assert call(runner, "f", seconds=1).status == "timeout"
    assert time.monotonic() - started < 10
    assert runner.execute("after = double(4)", 20).status == "ok"
    assert codec.decode(runner.fetch(["after"], 20).values["after"]) == 8


def test_too_many_questions_are_refused(runner: RunnerClient, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MAX_QUESTIONS", 3)
    outcome = runner.execute("for i in range(9):\n    double(i)", 20)
    assert outcome.error is not None
    assert "called too often" in outcome.error.message
    assert len(lab.asked) == 3


@pytest.mark.parametrize(
    "question",
    [
        {"question": 2, "name": "double", "args": b""},
        {"question": 1, "name": "other", "args": b""},
        {"question": 1, "name": "double", "args": "text"},
        {"question": 1, "name": ["double"], "args": b""},
        {"question": [1], "name": "double", "args": b""},
        {"question": 1},
    ],
)
def test_forged_questions_end_the_runner(runner: RunnerClient, lab: Lab, question: dict[str, Any]) -> None:
    forge = f"import os, msgpack\nbody = msgpack.packb({{'id': 2, **{question!r}}})\n"
    outcome = runner.execute(forge + "os.write(3, len(body).to_bytes(8, 'big') + body)\ndouble(1)", 20)
    assert outcome.status == "crash"
    assert lab.asked == []


def test_values_too_large_do_not_reach_the_lab(runner: RunnerClient, lab: Lab) -> None:
    outcome = runner.execute("import numpy as np\ndouble(np.zeros(10**6))", 20)
    assert outcome.status == "error"
    assert lab.asked == []
