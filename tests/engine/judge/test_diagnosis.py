"""Which mistake a failing answer is: the right one, on good evidence, or none."""

from __future__ import annotations

import json
import time

import pytest

from autograder.judge import diagnosis, oracle, session
from autograder.judge.ahead import Mistakes
from autograder.judge.known_answers import KnownAnswers
from autograder.judge.session import run_session
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Record, Verdict
from tests.engine.fixtures import mini_lab
from tests.engine.judge.fake import FakeRunner
from tests.engine.judge.labs import lab_of, record_of, session_of
from tests.engine.judge.oracles import ORACLES, oracle_of

FUNCTION = "def task(x, w): return w * x"
TEST = """\
import numpy as np
assert task(1.0, 2.0) == 2, "first"
assert task(2.0, 3.0) == 6, "second"
assert np.allclose(task(np.array([1.0, 2.0, 3.0]), -2.0), [-2, -4, -6]), "array"
"""
MISTAKES = {
    "added": '"""You added."""\ndef task(x, w): return w + x',
    "ignored": '"""You ignored w."""\ndef task(x, w): return 2 * x',
    "nothing": '"""You returned nothing."""\ndef task(x, w): w * x',
    "scalar": '"""Works for numbers only."""\nimport math\ndef task(x, w): return math.prod([float(x), w])',
    "spoils": '"""You change x."""\ndef task(x, w):\n    x *= w\n    return x',
    "typo": '"""Mind the spelling."""\ndef task(x, w): return wx',
    "broken": '"""Never runs."""\ndef task(x',
}


@pytest.fixture(autouse=True)
def _catalogue_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is generated, asked beside the tests, or related has tests of its own."""
    for module in (diagnosis, session):
        monkeypatch.setattr(module, "table_of", lambda workbook: KnownAnswers())
    monkeypatch.setattr(diagnosis, "relation", lambda pairs: None)
    monkeypatch.setattr(diagnosis, "ignored", lambda calls: "")


@pytest.fixture(scope="module")
def made_up() -> Lab:
    return lab_of(TEST, answer=FUNCTION, mistakes=MISTAKES)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ("def task(a, b):\n    total = a\n    total = total + b\n    return total", "added"),
        ("def task(x, w): return x + x", "ignored"),
        ("def task(x, w): print(w * x)", "nothing"),
        ("def task(x, w):\n    import math\n    return math.prod([float(x), float(w)])", "scalar"),
        ("def task(x, w):\n    x *= w\n    return x", "spoils"),
        ("def task(x, w):\n    y = wx\n    return y", "typo"),
        # Lists and float32 in place of arrays change nothing.
        ("def task(x, w): return np.float32(w) + np.asarray(x, np.float32)", "added"),
        # The first call agrees with two mistakes, the second tells them apart.
        ("def task(x, w): return x * 2.0", "ignored"),
        # None of them:
        ("def task(x, w): return w * x + 1", None),
        ("def task(x, w): return wz", None),
        ("def task(x, w): return 2 * x if np.ndim(x) == 0 else 7 * x", None),
        ("def task(x, w): raise TypeError('other')", None),
        ("task = 3", None),
    ],
)
def test_mistakes_are_recognised(made_up: Lab, answer: str, mistake: str | None) -> None:
    record = record_of(made_up, answer)
    assert record.verdict is Verdict.FAILED
    assert record.mistake == mistake
    if mistake:
        assert record.message.endswith(MISTAKES[mistake].split('"""')[1])


def test_right_answers_are_no_mistake(made_up: Lab) -> None:
    record = record_of(made_up, "def task(x, w): return [w * v for v in x] if np.ndim(x) else w * x")
    assert (record.verdict, record.mistake, record.message) == (Verdict.PASSED, None, "")


PAIR = "def task(x):\n    return 2 * x, x + np.ones(2)"
PAIR_TESTS = (
    "import numpy as np\nassert np.allclose(task(3.0)[0], 6), 'first part'\nassert np.allclose(task(0.5)[0], 1), 'a'",
    "import numpy as np\nassert np.allclose(task(3.0)[1], [4, 4]), 'second part'",
)
PAIR_MISTAKES = {
    "first_lost": '"""The 2 is lost."""\ndef task(x): return x, x + np.ones(2)',
    "second_minus": '"""Minus."""\ndef task(x): return 2 * x, x - np.ones(2)',
    "swapped": '"""Swapped."""\ndef task(x): return x + np.ones(2), 2 * x',
}


def pair(answer: str) -> list[Record]:
    return session_of(lab_of(*PAIR_TESTS, answer=PAIR, mistakes=PAIR_MISTAKES), answer).records


def test_two_faults_are_told_apart_part_by_part() -> None:
    first, second = pair("def task(x):\n    return x, x - np.ones(2)")
    assert (first.mistake, second.mistake) == ("first_lost", "second_minus")


def test_a_known_fault_beside_an_unknown_one() -> None:
    first, second = pair("def task(x):\n    return x, x * np.ones(2)")
    assert (first.mistake, second.mistake) == ("first_lost", None)
    assert second.message == "second part. `task` with x = 3: result 2 of 2 should be [4, 4], but it is [3, 3]."


def test_only_the_failing_part_is_explained() -> None:
    first, second = pair("def task(x):\n    return [2 * x, x - np.ones(2)]")
    assert first.verdict is Verdict.PASSED
    assert second.mistake == "second_minus"
    assert [record.mistake for record in pair("def task(x):\n    return x + np.ones(2), 2 * x")] == [
        "swapped",
        "swapped",
    ]


def test_values_are_compared_too() -> None:
    lab = lab_of(
        "assert one == 1 and two == 2, 'no'",
        answer="one, two = 1, 2",
        mistakes={"swapped": '"""Swapped."""\none, two = 2, 1', "zero": '"""Zero."""\none = 0\ntwo = 2'},
    )
    assert record_of(lab, "two = 1.0\none = np.int8(2)").mistake == "swapped"
    assert record_of(lab, "one = 0.0; two = 2").mistake == "zero"
    # two is wrong in its own way, one in a known way
    assert record_of(lab, "one = 0.0; two = 5").mistake == "zero"
    unknown = record_of(lab, "one = 7; two = 2")
    assert unknown.mistake is None
    assert unknown.message == "no."  # the expected value is the answer
    assert record_of(lab, "one = 'one'; two = 2").message == "no. `one`: expected a number, got a text."
    assert (
        record_of(lab, "one = [1, 1]; two = 2").message == "no. `one`: expected a number, got an array of shape (2,)."
    )


FIGURE = """\
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
x = np.linspace(0, 1, 5)
fig, ax = plt.subplots()
ax.plot(x, x ** 2, label="square")
ax.legend()
plt.close(fig)
"""
FIGURE_TEST = """\
assert len(fig.axes) == 1, "one axes, please"
assert fig.axes[0].lines, "draw a line"
assert fig.axes[0].get_legend() is not None, "a legend helps"
assert list(fig.axes[0].lines[0].get_ydata()) == [v ** 2 for v in fig.axes[0].lines[0].get_xdata()], "the square"
"""


def test_axes_are_no_figure() -> None:
    lab = lab_of(
        FIGURE_TEST.replace("assert len", "assert hasattr(fig, 'axes') and len", 1),
        answer=FIGURE,
        mistakes={"axes": '"""The axes."""\n' + FIGURE + "fig = ax\n"},
    )
    assert record_of(lab, FIGURE + "fig = fig.axes[0]\n").mistake == "axes"


def test_figures_are_compared_by_what_they_show() -> None:
    mistakes = {
        "no_legend": '"""No legend."""\n' + FIGURE.replace("ax.legend()", ""),
        "cube": '"""That is the cube."""\n' + FIGURE.replace("** 2", "** 3"),
    }
    lab = lab_of(FIGURE_TEST, answer=FIGURE, mistakes=mistakes)
    assert record_of(lab, FIGURE).verdict is Verdict.PASSED
    titled = FIGURE.replace("ax.legend()", "ax.set_title('mine'); ax.set_ylabel('y')")
    assert record_of(lab, titled).mistake == "no_legend"
    assert record_of(lab, FIGURE.replace("** 2", "** 3")).mistake == "cube"
    assert record_of(lab, FIGURE.replace("** 2", "** 4")).mistake is None


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("def task(x, w): return w * x + 1", "`task` with x = 1, w = 2: expected 2, got 3."),
        ("def task(x, w): return 'text'", "`task` with x = 1, w = 2: expected 2, got 'text'."),
        (
            "def task(x, w): return [w * x]",
            "`task` with x = 1, w = 2: expected one number, 2, got an array of shape (1,).",
        ),
        ("def task(x, w): return w * x, 1", "`task` with x = 1, w = 2: expected one result, got 2."),
        (
            "def task(x, w): return np.outer(x, w * x) if np.ndim(x) else w * x",
            "`task` with x = [1, 2, 3], w = -2: expected an array of shape (3,), got an array of shape (3, 3).",
        ),
        (
            "def task(x, w): return w * x if np.ndim(x) == 0 else w * x + np.array([0, 0, np.nan])",
            "`task` with x = [1, 2, 3], w = -2: expected [-2, -4, -6], got [-2, -4, nan].",
        ),
        ("def task(x, w): return w * x if np.ndim(x) == 0 else x[9]", "raised IndexError: index 9 is out of bounds"),
    ],
)
def test_expected_and_got(made_up: Lab, answer: str, told: str) -> None:
    record = record_of(made_up, answer)
    assert record.mistake is None
    assert told in record.message


def test_large_arrays_are_told_by_one_element() -> None:
    lab = lab_of(
        "import numpy as np\nassert np.allclose(task(20)[::-1], np.arange(20)[::-1]), 'no'", answer="task = np.arange"
    )
    record = record_of(lab, "def task(n):\n    a = np.arange(n)\n    a[7] = 0\n    return a")
    assert record.message.endswith("element [7] should be 7, but it is 0.")


def test_nothing_is_compared_where_results_may_differ() -> None:
    lab = lab_of("assert task(1) < 1, 'too large'", answer="def task(x): return 0.5", compare=False)
    assert record_of(lab, "def task(x): return 3").message == "too large."


def test_earlier_answers_and_set_up_cells_are_the_context() -> None:
    setup = "%matplotlib inline\nimport numpy as np\nfactor = 3\ndata = np.ones(3)"
    lab = lab_of(
        "assert task(1) == 3, 'no'",
        answer="def task(x): return factor * x",
        mistakes={
            "spoils": '"""S."""\ndata *= 5\ndef task(x): return float(data[0])',
            "twice": '"""T."""\ndef task(x): return 2 * factor * x',
        },
        setup=setup,
    )
    text = setup.partition("\n")[2] + "\n"
    assert record_of(lab, text + "def task(x): return 6.0").mistake == "twice"
    assert record_of(lab, text + "def task(x): return 5").mistake == "spoils"
    assert record_of(lab, text + "def task(x): return 6.0").mistake == "twice"


def test_a_mistake_that_passes_the_test_explains_nothing() -> None:
    lab = lab_of(
        "assert task(1) in (1, 2), 'no'\nassert task(5) == 5, 'five'",
        answer="def task(x): return x",
        mistakes={"harmless": '"""H."""\ndef task(x): return 2 if x == 1 else x'},
    )
    record = record_of(lab, "def task(x): return 2 if x == 1 else [x]")
    assert record.mistake is None


def test_evidence_comes_from_all_tests_of_the_exercise() -> None:
    """The first test alone fits two mistakes; what the second one asks tells them apart."""
    lab = lab_of(
        "assert task(2) == 6, 'first'",
        "assert task(5) == 15, 'second'",
        answer="def task(x): return 3 * x",
        mistakes={
            "a_plus_two": '"""P."""\ndef task(x): return x + 2',
            "b_double": '"""D."""\ndef task(x): return 2 * x',
        },
    )
    assert record_of(lab, "def task(x): return x * 2").mistake == "b_double"
    assert record_of(lab, "def task(x): return 2 + x").mistake == "a_plus_two"


def test_slow_mistakes_do_not_hold_up_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = "import time\ndef task(x):\n    time.sleep(0.2)\n    return -x"
    lab = lab_of(
        "assert [task(i) for i in range(9)] == list(range(9)), 'no'",
        answer="def task(x): return x",
        mistakes={f"slow_{i}": f'"""S."""\n{slow} - {i}' for i in range(20)},
    )
    monkeypatch.setattr(diagnosis, "BUDGET_SECONDS", 0.3)
    started = time.monotonic()
    assert record_of(lab, "def task(x): return 99").verdict is Verdict.FAILED
    assert time.monotonic() - started < 18  # half of what all calls of all mistakes would take


def test_a_call_that_never_ends_costs_that_call() -> None:
    counting = "def task(n):\n    count = 0\n    for _ in range(n): count += 1\n    return count + 1"
    lab = lab_of(
        "assert task(task(2)) == 2, 'no'",
        answer="def task(n): return n",
        mistakes={"one_more": f'"""One more."""\n{counting}'},
    )
    assert record_of(lab, "def task(n): return 10**9 * n").mistake is None  # the mistake never ends with 2 * 10**9
    assert record_of(lab, "def task(n): return 1 + n").mistake == "one_more"


def test_a_mistake_in_the_last_digits() -> None:
    lab = lab_of(
        "assert limit == 1, 'near'",
        answer="limit = 1.0",
        mistakes={"near": '"""Near."""\nlimit = 1 - 1e-12', "other": '"""Far."""\nlimit = 0.5'},
    )
    assert record_of(lab, "limit = 1 - 1e-12").mistake == "near"
    assert record_of(lab, "limit = 1 - 1e-11").mistake is None


def test_warming_up_makes_everything_ready(made_up: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    ORACLES.pop(made_up.digest, None)
    Mistakes(oracle_of(made_up)).run()
    workbook = oracle_of(made_up).workbooks["task"]
    assert len(workbook.questions) == 3
    monkeypatch.setattr(oracle, "_run", None)
    assert record_of(made_up, "def task(x, w): return x + w").mistake == "added"


def test_answers_that_change_from_call_to_call_are_no_mistake(made_up: Lab) -> None:
    answer = "calls = []\ndef task(x, w):\n    calls.append(1)\n    return len(calls) * x"
    assert record_of(made_up, answer).mistake is None


CHANCE = {
    "chance": '"""C."""\nimport random\nsource = random.SystemRandom()\ndef task(x, seed): return x + source.random()',
    "goes_on": '"""G."""\nstate = [0]\ndef task(x, seed):\n    state[0] += x\n    return state[0]',
    "steady": '"""S."""\ndef task(x, seed): return 2 * x',
}


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ("import os\ndef task(x, seed): return x + int.from_bytes(os.urandom(4))", "chance"),
        ("total = 0\ndef task(x, seed):\n    global total\n    total += x\n    return total", "goes_on"),
        ("def task(x, seed): return x + x", "steady"),
    ],
)
def test_answers_that_change_are_told_apart(answer: str, mistake: str) -> None:
    test = "assert task(3, seed=0) == task(3, seed=0), 'not the same'\nassert task(3, seed=0) == 3, 'wrong'"
    lab = lab_of(test, answer="def task(x, seed): return x", mistakes=CHANCE)
    record = record_of(lab, answer)
    assert record.mistake == mistake
    assert "expected" not in record.message


def two_exercises() -> Lab:
    """`area` builds on `square`; both have mistakes of their own."""
    cells = [
        mini_lab.answer_cell("square", "def square(x): return x * x"),
        mini_lab.graded_cell("square", "for x in (1, 3, 5):\n    assert square(x) == x * x, f'square({x})'", 1),
        mini_lab.answer_cell("area", "def area(r): return 3 * square(r), 2 * r"),
        mini_lab.graded_cell("area", "for r in (1, 2, 5):\n    assert area(r)[0] == 3 * r * r, 'area'", 1, "area"),
        mini_lab.graded_cell("area", "for r in (1, 2, 5):\n    assert area(r)[1] == 2 * r, 'width'", 1, "width"),
    ]
    source = json.dumps(mini_lab.notebook(cells))
    mistakes = {
        "square": {"doubled": '"""Doubled."""\ndef square(x): return 2 * x'},
        "area": {
            "six": '"""Six."""\ndef area(r): return 6 * r, 2 * r',
            "factor_lost": '"""Factor."""\ndef area(r): return square(r), 2 * r',
            "width_is_r": '"""Width."""\ndef area(r): return 3 * square(r), r',
        },
    }
    return Lab("two", source, source.replace("def ", "# def "), mistakes=mistakes)


@pytest.mark.parametrize(
    ("square", "area", "found"),
    [
        ("x + x", "3 * square(r), 2 * r", ["doubled", None, "passed"]),
        ("x + x", "square(r), r + r", ["doubled", "factor_lost", "passed"]),
        ("x + x", "3 * square(r), r", ["doubled", None, "width_is_r"]),
        ("x * x", "6 * r, 2 * r", ["passed", "six", "passed"]),
        ("x * x", "square(r), r", ["passed", "factor_lost", "width_is_r"]),
        # A mistake that is not known leaves the reference's own ground to stand on.
        ("x - 7", "6 * r, 2 * r", [None, "six", "passed"]),
    ],
)
def test_mistakes_of_earlier_exercises_are_not_counted_again(square: str, area: str, found: list[str | None]) -> None:
    notebook = json.loads(two_exercises().release)
    notebook["cells"][0]["source"] = f"def square(x): return {square}"
    notebook["cells"][2]["source"] = f"def area(r): return {area}"
    outcome = run_session(notebook, oracle_of(two_exercises()), FakeRunner, Limits(), carry_errors=False)
    told = ["passed" if record.verdict is Verdict.PASSED else record.mistake for record in outcome.records]
    assert told == found
    if outcome.records[0].verdict is Verdict.FAILED and "square" in area:
        assert outcome.records[1].message.endswith(
            "Your answer uses `square`, which did not pass: put that right first."
        )
