"""Values and functions of a student's notebook, asked for from outside."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.protocol import codec
from autograder.sandbox.client import RunnerClient
from tests.engine.runner.conftest import call


def test_values_come_by_name_and_missing_ones_are_absent(runner: RunnerClient) -> None:
    """Plain values, arrays, functions as markers; IPython's own names are not the student's."""
    runner.execute("import numpy as np\nx = np.arange(3.0)\nlimit = 1\ndef f(z):\n    return z", 20)
    outcome = runner.fetch(["x", "limit", "f", "missing", "exit", "In", "get_ipython"], 20)
    assert outcome.status == "ok"
    values = {name: codec.decode(data) for name, data in outcome.values.items()}
    assert set(values) == {"x", "limit", "f"}
    np.testing.assert_array_equal(values["x"], [0.0, 1.0, 2.0])
    assert isinstance(values["f"], codec.Function)


def test_a_value_too_large_to_cross_is_a_problem_of_its_own(runner: RunnerClient) -> None:
    """The others come all the same."""
    runner.execute("import numpy as np\nlarge = np.zeros(10**6)\nsmall = 1", 20)
    outcome = runner.fetch(["large", "small"], 20)
    assert set(outcome.values) == {"small"}
    assert "too large" in outcome.problems["large"]


def test_a_figure_crosses(runner: RunnerClient) -> None:
    """Fetched after it was shown and closed."""
    runner.execute("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2], label='a');", 20)
    figure = codec.decode(runner.fetch(["fig"], 20).values["fig"])
    assert figure.axes[0].lines[0].get_label() == "a"


def test_a_call_gives_its_value_and_what_it_printed(runner: RunnerClient) -> None:
    """Positional and named arguments, prints and warnings cost nothing."""
    runner.execute("import warnings\ndef f(x, w=1):\n    print('p')\n    warnings.warn('w')\n    return x * w", 20)
    outcome = call(runner, "f", np.arange(3.0), w=2)
    assert outcome.status == "ok"
    np.testing.assert_array_equal(codec.decode(outcome.value or b""), [0.0, 2.0, 4.0])
    assert outcome.printed.startswith("p\n")
    assert outcome.changed == []


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("x *= w", ["x"]),
        ("x = x * w", []),
        ("x[0] = np.nan", ["x"]),
        ("w.append(1)", ["w"]),
        ("x.resize((6,), refcheck=False)", ["x"]),
        ("x[0] = x[0]", []),
    ],
)
def test_a_call_that_changes_its_arguments_is_noticed(runner: RunnerClient, body: str, changed: list[str]) -> None:
    """By the parameter's name; a NaN that stays a NaN is no change."""
    runner.execute(f"import numpy as np\ndef f(x, w):\n    {body}\n    return 0", 20)
    assert call(runner, "f", np.array([1.0, np.nan]), [2.0, 3.0]).changed == changed


def test_changed_arguments_of_functions_without_a_signature(runner: RunnerClient) -> None:
    """By position."""
    runner.execute("def f(*args):\n    args[1][0] = 9\n    return 0", 20)
    assert call(runner, "f", 1, np.zeros(2)).changed == ["argument 2"]


def test_the_callers_arguments_stay_as_they_were(runner: RunnerClient) -> None:
    """What crosses is a copy."""
    runner.execute("def f(x):\n    x[:] = 7\n    return x", 20)
    mine = np.zeros(3)
    call(runner, "f", mine)
    np.testing.assert_array_equal(mine, 0)


def test_an_exception_of_the_function_comes_back(runner: RunnerClient) -> None:
    """With its bases, its message and the student's line."""
    runner.execute("def f(x):\n    return x.shape[3]", 20)
    outcome = call(runner, "f", np.zeros(2))
    assert outcome.status == "error"
    assert outcome.value is None
    assert outcome.error is not None
    assert outcome.error.mro[:3] == ["IndexError", "LookupError", "Exception"]
    assert outcome.error.traceback.startswith("Cell In[1], line 2, in f\n    return x.shape[3]\nIndexError: ")


def test_calling_what_is_not_there_or_not_callable(runner: RunnerClient) -> None:
    """NameError and TypeError, as in a notebook."""
    runner.execute("f = 3", 20)
    missing, number = call(runner, "g"), call(runner, "f")
    assert missing.error is not None
    assert missing.error.message == "name 'g' is not defined"
    assert number.error is not None
    assert number.error.type_name == "TypeError"


def test_classes_and_callables_can_be_called(runner: RunnerClient) -> None:
    """Any callable will do, and what has no plain form comes as a description."""
    runner.execute("import numpy as np\nf = np.vectorize(lambda x: x + 1)\nclass G:\n    pass", 20)
    np.testing.assert_array_equal(codec.decode(call(runner, "f", [1, 2]).value or b""), [2, 3])
    assert isinstance(codec.decode(call(runner, "G").value or b""), codec.Opaque)


def test_a_result_too_large_to_cross_is_an_error(runner: RunnerClient) -> None:
    """Of the call, and the runner goes on."""
    runner.execute("import numpy as np\ndef f(n):\n    return np.zeros(n)", 20)
    outcome = call(runner, "f", 10**6)
    assert outcome.status == "error"
    assert call(runner, "f", 3).status == "ok"


def test_a_call_leaves_no_figures_open(runner: RunnerClient) -> None:
    """A hundred plots in a hundred calls are no trouble, nor are they shown anywhere."""
    runner.execute(
        "import matplotlib.pyplot as plt\ndef f():\n    plt.figure()\n    plt.plot([1, 2])\n    return 1", 20
    )
    for _ in range(30):
        assert call(runner, "f").status == "ok"
    assert codec.decode(call(runner, "f").value or b"") == 1
    outcome = runner.execute("print(plt.get_fignums())", 20)
    assert [output["output_type"] for output in outcome.outputs] == ["stream"]
    assert outcome.outputs[0]["text"] == "[]\n"


def test_a_call_stops_at_its_deadline_and_the_next_one_works(runner: RunnerClient) -> None:
    """An endless loop in one function costs that call."""
    runner.execute("def f(x):\n    while x:\n        pass\n    return 5", 20)
    outcome = call(runner, "f", True, seconds=0.3)
    assert outcome.status == "timeout"
    assert outcome.error is not None
    assert "0.3 seconds" in outcome.error.message
    assert outcome.seconds < 5
    assert runner.alive
    assert codec.decode(call(runner, "f", False).value or b"") == 5


def test_an_argument_that_its_function_made_cyclic(runner: RunnerClient) -> None:
    """A list put into itself is a change, and no endless loop."""
    runner.execute("def f(x):\n    x.append(x)\n    return x", 20)
    outcome = call(runner, "f", [1])
    assert outcome.status in ("ok", "error")
    assert runner.alive
