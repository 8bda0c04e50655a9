"""What a student sees: lists with ticks and crosses, sentences instead of tracebacks, and a summary."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from check import backpropagation, explain, show, two_neurons
from check.facts import Wrong, close, number, real, several, shape, shown
from check.session import Facts

ROOT = Path(__file__).parents[2]
LAB = "01_single_neuron"


class Notebook:
    """A kernel in the folder of the released lab."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell

    def run(self, source: str) -> tuple[bool, str, str]:
        """Run a cell; returns whether it ended well, the plain text that it shows, and the HTML."""
        with capture_output() as captured:
            result = self.shell.run_cell(source, store_history=True)
        plain = [output.data.get("text/plain", "") for output in captured.outputs]
        pages = [output.data.get("text/html", "") for output in captured.outputs]
        return result.success, "\n".join([*plain, captured.stdout]), "\n".join(pages)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    """A shell where a student's kernel would be; the modules of this process come back afterwards."""
    import os
    import sys

    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "release" / LAB, folder, dirs_exist_ok=True)
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] in ("check", "given")}
    place = os.getcwd()
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    shell = InteractiveShell.instance()
    shell.run_cell("import numpy as np\nimport check")
    yield Notebook(shell)
    InteractiveShell.clear_instance()
    os.chdir(place)
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] in ("check", "given")]:
        del sys.modules[name]
    sys.modules.update(before)


def test_a_missing_name_gets_a_sentence(notebook: Notebook) -> None:
    ended_well, text, _ = notebook.run("import check\n\ncheck.affine(affine)")
    assert not ended_well
    assert text.strip().startswith("Not yet: `affine` is not there yet: write your answer in the cell above")
    assert "Traceback" not in text


def test_a_cell_that_only_mentions_a_name_does_not_give_it(notebook: Notebook) -> None:
    notebook.run("print(f'perceptron = {1 + 1}')\ndict(perceptron=1)")
    _, text, _ = notebook.run("check.perceptron(perceptron)")
    assert "`perceptron` is not there yet" in text
    notebook.run("1 / 0\ndef perceptron(x, w, b):\n    return x")
    _, text, _ = notebook.run("check.perceptron(perceptron)")
    assert "You wrote `perceptron`, but it is not defined" in text


def test_a_magic_on_line_1_gets_a_sentence(notebook: Notebook) -> None:
    notebook.run("%%script true\ndef affine(x, w, b):\n    return w * x + b")
    _, text, _ = notebook.run("check.affine(affine)")
    assert "begins with `%%script`" in re.sub(r"\s+", " ", text)


def test_other_missing_names_stay_as_python_tells_them(notebook: Notebook) -> None:
    _, text, _ = notebook.run("nowhere")
    assert "NameError" in text


def test_a_known_mistake_is_named_beside_expected_and_got(notebook: Notebook) -> None:
    notebook.run("def sigmoid(z):\n    return np.tanh(z)")
    ended_well, text, page = notebook.run("check.sigmoid(sigmoid)")
    assert not ended_well
    assert "✗ not yet  A number gives a number" in text
    assert "expected: 1 / (1 + 1) = 0.5" in text
    assert "got: 0" in text
    assert "What it looks like: " in text
    assert "hyperbolic tangent" in text or "tanh" in text
    assert "✗ not yet</span>" in page
    assert "Traceback" not in text
    assert "<script" not in page


def test_after_repeated_failure_the_hint_is_pointed_at(notebook: Notebook) -> None:
    notebook.run("def sigmoid(z):\n    return np.tanh(z)")
    for _ in range(2):
        _, text, _ = notebook.run("check.sigmoid(sigmoid)")
    assert "Open Hint 1" in text


def test_an_exception_shows_the_students_own_line(notebook: Notebook) -> None:
    notebook.run("def sigmoid(z):\n    print('called')\n    return 1 / (1 + exp(-z))")
    _, text, _ = notebook.run("check.sigmoid(sigmoid)")
    flat = re.sub(r"\s+", " ", text)
    assert "NameError in your line `return 1 / (1 + exp(-z))`" in flat
    assert "NumPy's functions begin with `np.`" in flat


def test_a_right_answer_gets_ticks_and_points_and_agrees_with_the_labs_own(notebook: Notebook) -> None:
    notebook.run("def sigmoid(z):\n    return 1 / (1 + np.exp(-z))")
    ended_well, text, _ = notebook.run("check.sigmoid(sigmoid)")
    assert ended_well
    assert "✓ Passed: `sigmoid` (2 points)" in text
    assert "✓ right    It agrees with the lab's own answer on further inputs" in text
    assert "So far: 2 of 10 points" in text


RIGHT_FOR_THE_EXAMPLES = "def affine(x, w, b):\n    return np.array([b, w + b, 2 * w + b])[: len(x)]"


def test_what_only_further_inputs_show_is_seen_at_home(notebook: Notebook) -> None:
    notebook.run(RIGHT_FOR_THE_EXAMPLES)
    ended_well, text, _ = notebook.run("check.affine(affine)")
    assert not ended_well
    assert "✗ not yet  It agrees with the lab's own answer" in text


def test_while_nbgrader_grades_the_tests_alone_decide(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook.run(RIGHT_FOR_THE_EXAMPLES)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert notebook.run("check.affine(affine)")[0]


def test_warnings_do_not_reach_the_test_cell(notebook: Notebook) -> None:
    text = "import sys\ndef sigmoid(z):\n    print('slow', file=sys.stderr)\n    return 1 / (1 + np.exp(-z))"
    notebook.run(text)
    with capture_output() as captured:
        notebook.shell.run_cell("check.sigmoid(sigmoid)")
    assert captured.stderr == ""


def test_the_summary_names_every_exercise(notebook: Notebook) -> None:
    notebook.run("def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\ncheck.sigmoid(sigmoid)")
    ended_well, text, _ = notebook.run(f"check.summary('{LAB}')")
    assert ended_well
    assert "✓ right    `sigmoid`: 2 of 2 points" in text
    assert "○ not run  `plot_sig`: 0 of 2 points" in text
    assert "… open     `observe_weights`: 1 point, a person reads your text" in text
    assert "Next: `" in text


@pytest.mark.parametrize(
    ("function", "value", "sentence"),
    [
        (number, None, "f(1) is None: is there a return"),
        (number, print, "is a function and not a number: call it"),
        (number, [1, 2], "must be one number, but it has 2 elements"),
        (number, "1", "text in quotes is no number"),
        (real, True, "True and False are not numbers here"),
        (real, [[1], [1, 2]], "must be made of real numbers"),
        (lambda what, value: shape(what, value, (2, 3)), [[1, 2], [3, 4], [5, 6]], "is transposed"),
        (lambda what, value: several(what, value, ("a", "b")), 1.0, "must return 2 results (a, b)"),
        (lambda what, value: close(what, value, [1.0, 2.0, 3.0]), [-1, -2, -3], "the sign is turned"),
        (lambda what, value: close(what, value, [1.0, 2.0, 3.0]), [2, 4, 6], "twice the right result"),
        (lambda what, value: close(what, value, [1.0, 2.0, 4.0]), [4, 2, 1], "in reverse order"),
        (lambda what, value: close(what, value, [1.0, 2.0, 4.0]), [2, 3, 5], "off by the same 1."),
        (lambda what, value: close(what, value, [1.2, 2.3, 4.1]), [1, 2, 4], "rounded to whole numbers"),
        (lambda what, value: close(what, value, [0.2, 0.3, 0.6]), [0.8, 0.7, 0.4], "1 minus the right result"),
        (lambda what, value: close(what, value, [1.0, -2.0, 4.5]), [1.0, 2.0, 4.5], "minus signs are lost"),
        (lambda what, value: close(what, value, [1.0, -2.0, 4.5]), [1.0, -2.0, 0.0], "only the last number is wrong"),
    ],
)
def test_facts_say_what_is_wrong(function: object, value: object, sentence: str) -> None:
    with pytest.raises(Wrong, match=re.escape(sentence)):
        function("f(1)", value)  # type: ignore[operator]


def test_shape_errors_get_a_meaning() -> None:
    said = explain.exception(ValueError("operands could not be broadcast together with shapes (2,) (3,)"))
    assert "the shapes of two arrays do not fit together" in said


def test_a_page_is_text_and_html_with_symbols_and_words() -> None:
    page = show.Page("`f`", [show.Row("not yet", "a < b", [("expected", "<1>")])], ["below"])
    assert page.text() == "`f`\n  ✗ not yet  a < b\n        expected: <1>\nbelow"
    assert "a &lt; b" in page.html()
    assert "<code>&lt;1&gt;</code>" in page.html()


def test_what_is_missing_for_all_points_is_told() -> None:
    facts = Facts(live=True)
    two_neurons.output_weights.body(facts, [1.5, 1.5], -1.5)
    assert facts.hold
    assert facts.share == 0.5
    assert facts.rows[-1].state == "open"
    assert "earns all points, and yours is 0.0485" in facts.rows[-1].title
    facts = Facts(live=True)
    two_neurons.output_weights.body(facts, [1.05, 1.05], -1.05)
    assert facts.hold
    assert facts.share == 1.0
    assert {row.state for row in facts.rows} == {"right"}


def test_no_address_is_shown() -> None:
    """It is another one in each run."""
    assert " at 0x" not in shown(object())
    assert "object" in shown(object())


def test_what_takes_long_waits_until_the_rest_holds() -> None:
    facts = Facts(live=True)
    with facts("first"):
        pass
    assert not facts.waits("a long one")
    with facts("second"):
        raise Wrong("no")
    assert facts.waits("a long one")
    assert [(row.state, row.title) for row in facts.rows] == [
        ("right", "first"),
        ("not yet", "second"),
        ("not run", "a long one"),
    ]
    assert not Facts(live=False).waits("a long one")


def test_a_training_that_takes_minutes_is_not_run_once_it_is_wrong() -> None:
    steps = []

    def train(X: np.ndarray, N: int, lr: float, seed: int) -> tuple[np.ndarray, ...]:
        steps.append(N)
        return tuple(np.array(start) + lr * N for start in ([1.0, -1.0], [1.0, 1.0], [1.0, -1.0], [1.0]))

    facts = Facts(live=True)
    backpropagation.train.body(facts, train)
    assert not facts.hold
    assert max(steps) < 1000
