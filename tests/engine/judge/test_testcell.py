"""One test cell against plain data and calls: every way it can end."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

import numpy as np
import pytest

from autograder.judge.plan import TestCell
from autograder.judge.subject import Called, Stopped, TrustedSubject
from autograder.judge.testcell import TestRun, run_test
from autograder.model.record import Verdict
from autograder.protocol import codec
from autograder.sandbox.outcomes import Answerer, Folder, StudentError


def run(source: str, subject: Any = None, points: float = 2, **names: Any) -> TestRun:
    return run_test(TestCell("test_task", "task", points, source), subject or TrustedSubject(names))


def double(x: Any) -> Any:
    return 2 * x


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ("assert f(2) == 4, 'no'", 2),
        ("assert f(2) == 4\nNone", 2),
        ("1.5", 1.5),
        ("import numpy as np\nnp.float32(0.5)", 0.5),
        ("2", 2),
        ("3", 2),
        ("True", 2),
        ("'text'", 2),
        ("f(0)", 2),  # what the student's function says is not points
        ("f(0).x if False else f(0) + 1", 1),
        ("1 if f(1) == 2 else 0", 1),
        ("x = 0", 2),
        ("", 2),
    ],
)
def test_passing_and_partial_points(source: str, points: float) -> None:
    got = run(source, f=double)
    assert (got.verdict, got.points) == (Verdict.PASSED, points)


def test_partial_points_come_with_what_the_test_printed() -> None:
    got = run("print('first')\nprint('error 0.02, at most 0.01')\n1")
    assert got.sentence == "This answer gets 1 of 2 points. error 0.02, at most 0.01."


@pytest.mark.parametrize("source", ["0", "-1", "0.0", "float('nan')", "import numpy as np\nnp.nan"])
def test_no_points_is_failed(source: str) -> None:
    got = run(source)
    assert (got.verdict, got.points) == (Verdict.FAILED, 0)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("assert f(2) == 5, f'got {f(2)}'", "got 4."),
        ("assert f(2) == 5", "does not pass"),
        ("assert f(2) == 5, ('a', 1)", "('a', 1)"),
        ("assert missing", "`missing` is not defined"),
        ("assert text - 1.0", "your `text`: 'abc'"),
        ("f('a') - 1.0", "what `f` returned: 'aa'"),
        ("import numpy as np\nnp.zeros(3) + f(np.zeros(4))", "shapes (3,) (4,)"),
        ("exit()", "does not pass"),
        ("raise SystemExit", "does not pass"),
        ("raise GeneratorExit", "does not pass"),
        ("def g(): return g()\ng()", "does not pass"),
        ("import numpy as np\nnp.ones((10**6, 1)) * np.ones((1, 10**6))", "more memory"),
    ],
)
def test_failing(source: str, sentence: str) -> None:
    got = run(source, f=double, text="abc")
    assert (got.verdict, got.points) == (Verdict.FAILED, 0)
    assert sentence in got.sentence


def test_messages_never_quote_the_test() -> None:
    for source in ("secret_name = f(1)\n1 / 0", "secret_name = 3\nf(1)[secret_name]", "secret_name = 1\n{}['k']"):
        assert "secret" not in run(source, f=double).sentence


def test_endless_messages_are_cut() -> None:
    assert len(run("assert False, 'x' * 10**7").sentence) <= 1000
    assert len(run("assert False, f(10**9)", f=lambda n: "y" * 10**5).sentence) <= 1000


class Answering:
    """A side that answers every call with the same outcome."""

    def __init__(self, *outcomes: Called | Stopped, **values: Any) -> None:
        self.outcomes = list(outcomes)
        self.values = values

    def begin(self, seconds: float) -> None: ...

    def fetch(self, names: Any) -> dict[str, bytes]:
        known = {"f": codec.encode(len)} | {name: codec.encode(value) for name, value in self.values.items()}
        return {name: known[name] for name in names if name in known}

    life = 0

    def hear(self, answer: Answerer) -> None: ...

    def use(self, request: bytes, drawn: bytes, name: str) -> Called:
        raise NotImplementedError

    def call(self, name: str, arguments: bytes, drawn: bytes = b"", folder: Folder | None = None) -> Called:
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Stopped):
            raise outcome
        return outcome


def raising(name: str, *bases: str, message: str = "oh") -> Answering:
    trace = f"Cell In[3], line 7, in f\n    x = 1/z\n{name}: {message}"
    return Answering(
        Called(raised=StudentError(name, [name, *bases, "BaseException", "object"], message, trace, "x = 1/z"))
    )


STOP = Stopped(Verdict.TIMEOUT, "too slow")
SWALLOWING = [
    "try:\n    f()\nexcept Exception:\n    pass",
    "try:\n    f()\nexcept BaseException:\n    pass",
    "try:\n    f()\nexcept:\n    pass\n2",
    "try:\n    f()\nfinally:\n    raise AssertionError('other')",
    "try:\n    f()\nexcept AssertionError:\n    pass",
]


@pytest.mark.parametrize("source", SWALLOWING)
def test_a_stop_cannot_be_swallowed(source: str) -> None:
    got = run(source, Answering(STOP))
    assert (got.verdict, got.points, got.sentence) == (Verdict.TIMEOUT, 0, "too slow")


def test_after_a_stop_nothing_is_called() -> None:
    source = "for _ in range(3):\n    try:\n        f()\n    except BaseException:\n        pass"
    subject = Answering(STOP, Called(codec.encode(1)))
    assert run(source, subject).verdict is Verdict.TIMEOUT
    assert len(subject.outcomes) == 1


@pytest.mark.parametrize("source", [*SWALLOWING[:3], SWALLOWING[4]])
def test_a_changed_argument_cannot_be_swallowed(source: str) -> None:
    got = run(source, Answering(Called(codec.encode(1), None, ("x",))))
    assert got.verdict is Verdict.FAILED
    assert "`f` changed its argument x" in got.sentence


def test_no_runner_is_not_gradable() -> None:
    got = run("f()", Answering(Stopped(Verdict.NOT_GRADABLE, "no runner")))
    assert (got.verdict, got.points) == (Verdict.NOT_GRADABLE, None)


@pytest.mark.parametrize(
    ("name", "bases", "caught"),
    [
        ("ValueError", (), "ValueError"),
        ("LinAlgError", ("ValueError",), "ValueError"),
        ("ModuleNotFoundError", ("ImportError",), "ImportError"),
        ("KeyError", (), "KeyError"),
        ("UnicodeDecodeError", (), "UnicodeError"),
        ("FileNotFoundError", ("OSError",), "OSError"),
        ("BlockingIOError", ("OSError",), "OSError"),
        ("RecursionError", ("RuntimeError",), "RecursionError"),
        ("SyntaxError", (), "SyntaxError"),
        ("MemoryError", (), "MemoryError"),
        ("StopIteration", (), "RuntimeError"),
        ("StopAsyncIteration", (), "RuntimeError"),
        ("GeneratorExit", (), "RuntimeError"),
        ("KeyboardInterrupt", (), "RuntimeError"),
        ("SystemExit", (), "RuntimeError"),
        ("SkipTest", ("Exception",), "RuntimeError"),
        ("Exception", (), "RuntimeError"),
        ("print", ("open", "StudentRaised", "Stopped"), "RuntimeError"),
        ("__class__", (), "RuntimeError"),
        ("", (), "RuntimeError"),
    ],
)
def test_exceptions_arrive_as_builtin_ones(name: str, bases: tuple[str, ...], caught: str) -> None:
    subject = raising(name, *bases)
    assert run(f"try:\n    f(1)\nexcept {caught}:\n    pass", subject).verdict is Verdict.PASSED
    assert run("list(map(f, [1, 2]))", subject).verdict is Verdict.FAILED
    got = run("for value in (f(i) for i in range(3)):\n    pass", subject)
    assert got.verdict is Verdict.FAILED
    assert "In your cell, line 7: `x = 1/z` raised" in got.sentence
    assert not got.suspect


def test_an_exception_that_a_test_translates_is_still_told() -> None:
    source = "try:\n    f()\nexcept ValueError as error:\n    raise AssertionError('f should accept this') from error"
    got = run(source, raising("ValueError"))
    assert got.sentence == "f should accept this. In your cell, line 7: `x = 1/z` raised ValueError: oh."


@pytest.mark.parametrize("value", [b"", b"\xc1", b"\x91\x01", codec.encode(1) + b"\1"])
def test_unreadable_results_fail(value: bytes) -> None:
    got = run("assert f(1) == 1", Answering(Called(value)))
    assert got.verdict is Verdict.FAILED
    assert "could not be read" in got.sentence


def test_unreadable_values_fail() -> None:
    class Spoiled(Answering):
        def fetch(self, names: Any) -> dict[str, bytes]:
            return dict.fromkeys(names, b"\xc1")

    assert run("assert x == 1", Spoiled(STOP)).verdict is Verdict.FAILED


def test_values_are_fresh_for_each_test() -> None:
    subject = TrustedSubject({"x": [1, 2]})
    for _ in range(2):
        assert run("assert x == [1, 2], 'spoiled'\nx.append(3)", subject).verdict is Verdict.PASSED


def test_arguments_are_copies() -> None:
    def spoil(rows: list[list[int]]) -> int:
        rows[0][0] = 99
        return 1

    source = (
        "rows = [[1], [2]]\ntry:\n    f(rows)\nexcept AssertionError:\n    pass\nassert rows == [[1], [2]], 'leaked'"
    )
    got = run(source, f=spoil)
    assert "`f` changed its argument rows" in got.sentence


def test_a_test_leaves_no_trace() -> None:
    import matplotlib.pyplot as plt

    def state() -> tuple[Any, ...]:
        dice: Any = np.random.get_state()
        return os.getcwd(), np.geterr(), plt.get_fignums(), plt.rcParams["lines.linewidth"], dice[2]

    before = state()
    source = """
import os, sys, warnings, random
import numpy as np
import matplotlib.pyplot as plt
os.chdir('/')
np.seterr(all='raise')
plt.figure()
plt.rcParams['lines.linewidth'] = 99
warnings.simplefilter('error')
np.random.seed(5)
print('shown')
sys.stderr.write('hidden')
"""
    got = run(source)
    assert got.verdict is Verdict.PASSED, got.sentence
    assert got.printed == "shown\n"
    assert state() == before
    with warnings.catch_warnings(record=True):
        warnings.warn("not an error", stacklevel=1)


def test_random_numbers_are_the_same_every_time() -> None:
    source = "import numpy as np, random\nassert False, (np.random.rand(), random.random())"
    assert run(source).sentence == run(source).sentence


def test_warnings_cost_nothing() -> None:
    source = "import warnings, numpy as np\nwarnings.warn('w')\ny = np.log(np.array(-1.0))"
    assert run(source).verdict is Verdict.PASSED


def test_printing_is_bounded() -> None:
    assert len(run("for _ in range(100):\n    print('x' * 10_000)").printed) == 10_000


def test_the_judge_itself_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.judge.testcell.GRACE_SECONDS", 0.0)
    cell = TestCell("test_task", "task", 2, "while True:\n    pass")
    got = run_test(cell, TrustedSubject({}), seconds=0.2)
    assert got.verdict is Verdict.TIMEOUT
    assert got.broken_off


def test_standins_look_like_functions() -> None:
    source = """
import inspect
import numpy as np
assert f.__name__ == 'f' and f.__doc__ is None and callable(f)
assert list(inspect.signature(f).parameters) == ['x', 'w', 'rest', 'b', 'more']
assert inspect.signature(f).parameters['w'].default == 1
assert np.vectorize(f)([1, 2]).tolist() == [2, 4]
assert f(x=3) == 6
"""
    got = run(source, f=lambda x, w=1, *rest, b=2, **more: 2 * x)
    assert got.verdict is Verdict.PASSED, got.sentence


def test_functions_in_results_cannot_be_called() -> None:
    got = run("f()(1)", f=lambda: double)
    assert got.verdict is Verdict.FAILED
    assert "a function (double)" in got.sentence


def test_hijacked_comparisons_stay_outside() -> None:
    class Same(float):
        def __eq__(self, other: object) -> bool:
            return True

        def __sub__(self, other: object) -> float:
            return 0.0

        __hash__ = float.__hash__

    class Array(np.ndarray):
        def __eq__(self, other: object) -> Any:
            return np.ones(self.shape, bool)

        def __array_ufunc__(self, *args: Any, **kwargs: Any) -> Any:
            return np.zeros(self.shape)

    for value in (Same(7), np.full(3, 7.0).view(Array)):
        for source in (
            "assert x == 3",
            "import numpy as np\nassert np.allclose(x, 3)",
            "assert (abs(x - 3) < 1).all()",
        ):
            assert run(source, x=value).verdict is Verdict.FAILED


def test_recursion_in_the_judge_ends_only_the_test() -> None:
    deep: Any = 1.0
    for _ in range(30):
        deep = [deep]
    source = "def depth(x):\n    return depth(x)\ndepth(x)"
    assert run(source, x=deep).verdict is Verdict.FAILED
    assert sys.getrecursionlimit() >= 1000
