"""What a cell shows is bounded in every form, and right code that shows much keeps its points."""

from __future__ import annotations

import math
from typing import Any

import nbformat
import pytest

from autograder.protocol import codec
from autograder.protocol.answers import MAX_OUTPUTS, MAX_TRACEBACK_LINES, check_metadata
from autograder.runner import errors
from autograder.runner.outputs import KEPT_OUTPUTS, LEFT_OUT, OutputCollector, OutputLimit
from autograder.sandbox.client import RunnerClient
from autograder.sandbox.outcomes import CellOutcome, StudentError
from tests.engine.runner.conftest import call, shown, text

ALTERNATING = "import sys\nfor i in range(6000):\n    print('a')\n    print('b', file=sys.stderr)\n"
BLANK: dict[str, Any] = {"text/plain": "x"}


def is_valid(outcome: CellOutcome) -> bool:
    """Whether a notebook can hold the outputs."""
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(output) for output in outcome.outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    return True


@pytest.mark.parametrize("cell", [ALTERNATING, "for i in range(12000): display(0)"], ids=["streams", "displays"])
def test_thousands_of_short_outputs_are_cut_and_one_line_says_so(runner: RunnerClient, cell: str) -> None:
    """The cell runs to its end, and its names are there."""
    outcome = runner.execute(cell.replace("6000", "4000") + "\nanswer = 42", 60)
    assert outcome.status == "ok", outcome.error
    assert len(outcome.outputs) <= MAX_OUTPUTS
    assert text(outcome, "stderr").count(LEFT_OUT) == 1
    assert outcome.outputs[-1]["text"] == LEFT_OUT
    assert is_valid(outcome)
    assert shown(runner.execute("answer", 20)) == ["42"]


def test_thousands_of_short_outputs_in_a_function_are_cut(runner: RunnerClient) -> None:
    """The call gives its value."""
    runner.execute("def f():\n" + "".join(f"    {line}\n" for line in ALTERNATING.splitlines()) + "    return i", 20)
    outcome = call(runner, "f", seconds=60)
    assert outcome.status == "ok", outcome.error
    assert codec.decode(outcome.value or b"") == 5999


@pytest.mark.parametrize(
    "metadata",
    [
        "{'a': float('nan')}",
        "{'a': [float('inf')]}",
        "{'a': 2**70}",
        "{'a': -2**70}",
        "{'a': {'b': {'c': {'d': {'e': {}}}}}}",
        "deep",
        "{1: 2}",
        "{'a': object()}",
        "{'a': '\\ud800'}",
        "{str(i): i for i in range(1000)}",
        "{'a': [0] * 5000}",
    ],
)
def test_metadata_that_no_notebook_can_hold_is_left_out(runner: RunnerClient, metadata: str) -> None:
    """The output itself is shown, and the cell goes on."""
    deep = "deep = {}\nfor _ in range(5000): deep = {'a': deep}\n"
    outcome = runner.execute(f"{deep}display({BLANK}, raw=True, metadata={metadata})\n6 * 7", 20)
    assert outcome.status == "ok", outcome.error
    assert shown(outcome) == ["x", "42"]
    assert is_valid(outcome)


def test_metadata_that_a_notebook_can_hold_is_kept(runner: RunnerClient) -> None:
    """For example the size of an image."""
    outcome = runner.execute(
        f"display({BLANK}, raw=True, metadata={{'image/png': {{'width': 3, 'x': [1.5, None]}}}})", 20
    )
    assert outcome.outputs[0]["metadata"] == {"image/png": {"width": 3, "x": [1.5, None]}}


@pytest.mark.parametrize(
    "cell",
    [
        f"while True: display({BLANK}, raw=True, metadata={{'k': 'y' * 900}})",
        "handle = display('x', display_id=True)\nwhile True: handle.update('x' * 500)",
        "handle = display('x', display_id=True)\n"
        f"while True: handle.update({BLANK}, raw=True, metadata={{'k': 'y' * 900}})",
        "while True:\n    try: raise ValueError('x' * 900)\n    except ValueError: get_ipython().showtraceback()",
    ],
    ids=["metadata", "updates", "metadata of updates", "tracebacks"],
)
def test_every_kind_of_output_counts(runner: RunnerClient, cell: str) -> None:
    """An endless loop of it is stopped as one of prints is."""
    outcome = runner.execute(cell, 30)
    assert outcome.status == "output"
    assert len(str(outcome.outputs)) < 60_000
    assert shown(runner.execute("6 * 7", 20)) == ["42"]


def collector(output_bytes: int = 10_000) -> OutputCollector:
    """One whose notices are not looked at."""
    return OutputCollector(output_bytes, 10_000, lambda: None)


@pytest.mark.parametrize(
    "show",
    [
        lambda outputs: outputs.display(BLANK, {}),
        lambda outputs: outputs.clear(),
        lambda outputs: outputs.update(BLANK, {}, "handle"),
    ],
    ids=["display", "clear", "update"],
)
def test_endless_outputs_of_no_size_are_stopped(show: Any) -> None:
    """By their number, since their bytes would take for ever to add up."""
    outputs = collector(output_bytes=10**9)
    outputs.display(BLANK, {}, handle="handle")

    def show_for_ever() -> None:
        while True:
            show(outputs)

    with pytest.raises(OutputLimit):
        show_for_ever()
    assert outputs.exceeded
    assert len(outputs.finish()) <= MAX_OUTPUTS


def test_the_cells_own_error_is_kept_after_many_outputs() -> None:
    """It is what the student needs most."""
    outputs = collector()
    for _ in range(2 * KEPT_OUTPUTS):
        outputs.display({"text/plain": ""}, {})
    outputs.error("ValueError", "why", "line\nValueError: why")
    finished = outputs.finish()
    assert [output["output_type"] for output in finished[-2:]] == ["error", "stream"]
    assert len(finished) == MAX_OUTPUTS


def test_after_a_gap_nothing_is_appended_to_what_was_before() -> None:
    """Text that follows left-out text is left out too."""
    outputs = collector()
    for _ in range(KEPT_OUTPUTS):
        outputs.stream("stdout", b"a")
        outputs.stream("stderr", b"b")
    before = outputs._outputs[-1]["text"].copy()
    outputs.stream(outputs._outputs[-1]["name"], b"late")
    assert outputs._outputs[-1]["text"] == before


@pytest.mark.parametrize("value", [None, [], {1: 2}, {"a": math.nan}, {"a": 2**64}, {"a": (1,)}, {"a": True, "b": b""}])
def test_metadata_is_checked(value: Any) -> None:
    """The same rule on both sides."""
    with pytest.raises(ValueError, match="metadata"):
        check_metadata(value)


def test_the_size_of_metadata() -> None:
    """At least as many bytes as its text."""
    assert check_metadata({}) == 0
    assert check_metadata({"key": "x" * 1000, "list": [1, 2.0, None, True]}) >= 1007


@pytest.mark.parametrize(
    "cell",
    [
        "raise ValueError('first line\\n' + 'x\\n' * 1990)",
        "raise ValueError('first line ' + 'x' * 10**7)",
        "raise SyntaxError('first line ' + 'x' * 10**6)",
        "raise type('first' * 10**5, (Exception,), {})('first line\\n' * 500)",
        "name = 'f' * 10**5\nexec(f'def {name}(): raise ValueError(\"first line\")\\n{name}()')",
        "raise ExceptionGroup('first line', [ValueError('x\\n' * 5000)] * 50)",
    ],
)
def test_a_huge_exception_gives_its_first_lines(runner: RunnerClient, cell: str) -> None:
    """As an error of its cell, in a call as well, and the runner goes on."""
    outcome = runner.execute(cell, 20)
    assert outcome.status == "error"
    assert_is_short(outcome.error)
    assert is_valid(outcome)
    runner.execute("def f():\n" + "\n".join(f"    {line}" for line in cell.splitlines()), 20)
    called = call(runner, "f")
    assert called.status == "error"
    assert_is_short(called.error)


def assert_is_short(error: StudentError | None) -> None:
    """The first lines of an error, and not many."""
    assert error is not None
    assert error.message.startswith("first line")
    assert len(error.message) <= errors.MESSAGE_CHARS + 4
    assert len(error.message.splitlines()) <= errors.MESSAGE_LINES + 1
    assert len(error.traceback.splitlines()) <= MAX_TRACEBACK_LINES


def test_the_first_error_of_a_notebook_is_as_quick_as_the_next(runner: RunnerClient) -> None:
    """IPython keeps no formatted copy of it, for which it would import and read much, and ask the exception itself."""
    cell = "class Loud(Exception):\n    def _render_traceback_(self): print('asked')\nraise Loud('x')"
    outcome = runner.execute(cell, 20)
    assert outcome.status == "error"
    assert "asked" not in text(outcome)
    loaded = runner.execute("import sys\n'stack_data.core' in sys.modules", 20)
    assert shown(loaded) == ["False"]
