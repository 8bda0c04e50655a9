"""The judge with real runners in a real sandbox: what students write arrives as the tests expect it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.judge.session import SessionOutcome, run_session
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Verdict
from autograder.sandbox.levels import choose_level
from autograder.sandbox.sandbox import Sandbox
from tests.engine.fixtures import mini_lab
from tests.engine.fixtures.mini_lab import ANSWERS, SQUARE
from tests.engine.judge.labs import chain_lab, lab_of, session_of
from tests.engine.judge.oracles import oracle_of

pytestmark = pytest.mark.slow(seconds=12)
LIMITS = Limits(cell_seconds=5.0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(LIMITS, choose_level(unsafe=True).name)
    made.start()
    yield made
    made.close()


@pytest.fixture
def real(sandbox: Sandbox, lab: Lab) -> Any:
    def run(answers: dict[str, str]) -> SessionOutcome:
        return run_session(mini_lab.answered(answers), oracle_of(lab), lambda: sandbox.runner(lab.files), LIMITS)

    return run


def verdicts(outcome: SessionOutcome) -> list[str]:
    return [str(record.verdict) for record in outcome.records]


@pytest.mark.parametrize(
    "square",
    [
        SQUARE,
        "square = lambda x: np.multiply(x, x)",
        "square = np.square",
        "from functools import partial\nsquare = partial(lambda p, x: np.asarray(x) ** p, 2)",
        "class Square:\n    def __call__(self, x):\n        return np.asarray(x) ** 2\nsquare = Square()",
        "import pandas as pd\ndef square(x):\n    return pd.Series(np.atleast_1d(x)) ** 2",
        "def square(x):\n    return np.ma.masked_invalid(np.asarray(x, float)) ** 2",
        "import warnings\ndef square(x):\n    print('hello')\n    warnings.warn('w')\n    return np.asarray(x) ** 2",
        "%%time\ndef square(x):\n    return np.asarray(x) ** 2",
        "square = np.vectorize(lambda x: x * x)\n1 / 0",
        "import asyncio\nawait asyncio.sleep(0)\ndef square(x): return np.asarray(x) ** 2",
    ],
)
def test_right_answers_of_all_kinds(real: Any, square: str) -> None:
    outcome = real({**ANSWERS, "square": square})
    assert verdicts(outcome) == ["passed"] * 3, outcome.records[0]


TRICKS = {
    "equal to everything": "class E(float):\n    __eq__ = lambda s, o: True\n    __sub__ = lambda s, o: 0.0\n"
    "def square(x): return E(7)",
    "equal array": "class A(np.ndarray):\n    def __array_ufunc__(self, *a, **k): return np.zeros(())\n"
    "def square(x): return np.full(np.shape(x), 7.0).view(A)",
    "patched numpy": "np.allclose = lambda *a, **k: True\nimport numpy.testing\ndef square(x): return 7",
    "patched builtins": "import builtins\nbuiltins.all = lambda x: True\ndef square(x): return 7",
    "any attribute": "class M:\n    def __getattr__(self, n): return self\n    def __call__(self, *a): return self\n"
    "    __eq__ = __array__ = __len__ = __iter__ = lambda *a: 1\nsquare = M()",
    "nan": "def square(x): return float('nan')",
    "skips": "import unittest\ndef square(x): raise unittest.SkipTest('skip')",
    "stops iterating": "def square(x): raise StopIteration",
    "leaves": "def square(x): raise SystemExit(0)",
    "interrupts": "def square(x): raise KeyboardInterrupt",
    "asserts": "def square(x): raise AssertionError('all is well')",
    "generator": "def square(x): yield x",
    "points": "def square(x): return 2",
    "huge": "def square(x): return np.zeros(10**8)",
    "nested": "def square(x):\n    a = []\n    for _ in range(10**5): a = [a]\n    return a",
    "loops": "def square(x):\n    a = []\n    a.append(a)\n    return a",
    "huge number": "def square(x): return 10**100000",
    "text": "def square(x): return 'x' * 10**6",
    "deleted": SQUARE + "\ndel square",
}


@pytest.mark.parametrize("name", TRICKS)
def test_tricks_give_nothing_and_cost_nothing_else(real: Any, name: str) -> None:
    outcome = real({**ANSWERS, "square": TRICKS[name]})
    assert verdicts(outcome)[0] not in ("passed", "not gradable"), outcome.records[0]
    assert verdicts(outcome)[1:] == ["passed"] * 2
    assert outcome.records[0].points == 0
    assert len(outcome.records[0].message) <= 1000


@pytest.mark.parametrize(
    ("square", "verdict"),
    [
        ("import os\nos._exit(0)", "crash"),
        ("def square(x):\n    import os\n    os._exit(0)", "crash"),
        ("def square(x):\n    import ctypes\n    ctypes.string_at(0)", "crash"),
        ("def square(x):\n    while True:\n        print('x' * 10**5)", "output"),
        ("def square(x):\n    a = []\n    while True:\n        a.append(bytes(10**8))", "memory"),
        ("def square(x):\n    while True: pass", "timeout"),
        ("while True:\n    try:\n        while True: pass\n    except BaseException: pass", "timeout"),
    ],
)
def test_deaths_cost_one_exercise(real: Any, square: str, verdict: str) -> None:
    assert verdicts(real({**ANSWERS, "square": square})) == [verdict, "passed", "passed"]


def test_mistakes_are_recognised(real: Any) -> None:
    outcome = real({"square": "def square(x):\n    return x + x", "scale": "def scale(v, k):\n    v[:] = []"})
    assert [record.mistake for record in outcome.records] == ["doubled", *["generated: return_lost"] * 2]
    assert outcome.records[1].message.startswith("`scale` changed its argument v")
    broken = real({"square": "def square(x):\n    y = x\n    return y / 0 if np.ndim(x) == 0 else x"})
    assert "In your cell, line 3: `return y / 0 if" in broken.records[0].message


def test_figures_arrive_as_figures(sandbox: Sandbox) -> None:
    answer = """
import matplotlib.pyplot as plt
fig, axs = plt.subplots(1, 2)
axs[0].plot([1, 2], [3, 4], label="a")
plt.show()
"""
    test = (
        "from matplotlib.figure import Figure\nassert isinstance(fig, Figure), 'figure'\n"
        "assert list(fig.axes[0].lines[0].get_ydata()) == [3, 4], 'data'\n"
        "assert axs[1].figure is not None and len(axs) == 2, 'axes'"
    )
    lab = lab_of(test, answer=answer)
    outcome = session_of(lab, answer, lambda: sandbox.runner({}))
    assert outcome.records[0].verdict is Verdict.PASSED, outcome.records[0]


@pytest.mark.parametrize(
    "spoils",
    [
        "import autograder.protocol.codec\nautograder.protocol.codec.encode = None",
        "import autograder.runner.server\nautograder.runner.server.Server.call = None",
        "import matplotlib.pyplot as plt\nplt.get_fignums = None",
        "import sys\nsys.setrecursionlimit(45)",
        "import builtins\nbuiltins.float = builtins.sum = None",
        "np.asarray = None",
    ],
)
def test_what_one_cell_does_to_python_costs_no_other_exercise(real: Any, spoils: str) -> None:
    """The failed tests run again without that cell, and the instructor is told."""
    outcome = real({**ANSWERS, "square": f"{SQUARE}\n{spoils}", "scale": f"{mini_lab.SCALE}\nfloat(3), np.asarray(1)"})
    assert verdicts(outcome)[1:] == ["passed", "passed"], outcome.records
    outcome = real({**ANSWERS, "square": f"{SQUARE}\n{spoils}", "scale": "def scale(v, k): return v"})
    assert verdicts(outcome)[2] == "failed", outcome.records


@pytest.mark.parametrize("square", ["def square(x): return x + x", mini_lab.STUB, "def square(x): exit(1)", "1 +"])
def test_a_right_answer_on_a_wrong_one_counts(sandbox: Sandbox, square: str) -> None:
    lab = chain_lab()
    notebook = json.loads(lab.source)
    for cell in notebook["cells"]:
        if cell["id"] == "square":
            cell["source"] = square
    outcome = run_session(notebook, oracle_of(lab), lambda: sandbox.runner({}), LIMITS)
    assert [record.points for record in outcome.records] == [0, 1, 1, 1, 1]
    assert outcome.records[1].carried == ("square",)
    assert outcome.faults == []


def test_what_an_own_cell_does_to_python_costs_nothing(sandbox: Sandbox, lab: Lab) -> None:
    notebook = mini_lab.answered(ANSWERS)
    spoils = mini_lab.code_cell(
        "own", "import autograder.protocol.codec\nautograder.protocol.codec.encode = None", "extra"
    )
    notebook["cells"].insert(1, spoils)
    outcome = run_session(notebook, oracle_of(lab), lambda: sandbox.runner(lab.files), LIMITS)
    assert verdicts(outcome) == ["passed"] * 3
    assert "the student's own" in outcome.sightings[0]


def test_what_is_said_below_an_own_cell_that_was_stopped(sandbox: Sandbox, lab: Lab) -> None:
    """It belongs to no exercise."""
    notebook = mini_lab.answered(ANSWERS)
    notebook["cells"].insert(1, mini_lab.code_cell("own", "exit_now = __import__('os')._exit(1)", "extra"))
    outcome = run_session(notebook, oracle_of(lab), lambda: sandbox.runner(lab.files), LIMITS)
    assert verdicts(outcome) == ["passed"] * 3
    assert notebook["cells"][1]["outputs"][-1]["text"].startswith("This cell ended Python itself")
