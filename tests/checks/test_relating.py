"""How results compare with the right ones is told from the box of the right answer alone, and only where it is true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from check import relating, sealed
from coursebuild.catalogue import Known
from coursebuild.seal import _Boxes

PROBES = [[[0.5, -1.25, 2.0], 1.5, -0.75], [[-0.4, 0.9], -2.0, 0.6]]
NAMES = ["x", "w", "b"]


def neuron(x: Any, w: Any, b: Any) -> Any:
    return 1 / (1 + np.exp(-(w * x + b)))


def told(
    answer: Callable[..., Any],
    right: Callable[..., Any] = neuron,
    probes: Any = PROBES,
    results: int = 0,
    names: Any = NAMES,
) -> str:
    """What is said of an answer whose right one is known by its box only."""
    boxes = _Boxes("task")
    wanted = sealed.views(sealed.outputs(right, probes), results)
    for view, output in wanted.items():
        boxes.add(view, output, Known(""))
    found = sealed.outputs(answer, probes)
    seen = sealed.views(found, results)
    wrong = [view for view in seen if seen[view] != wanted[view] and (view != sealed.WHOLE or not results)]
    called = {view: f"result {view}" if results else "your result" for view in wrong}
    search = relating.Relating(answer, names, probes, found, results, sealed.read("task", boxes.data()))
    return search.of_places(wrong) or search.sentence(wrong, called)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda x, w, b: -neuron(x, w, b), "with the opposite sign"),
        (lambda x, w, b: 2 * neuron(x, w, b), "half as large"),
        (lambda x, w, b: w * x + b, "if it went through the sigmoid"),
        (lambda x, w, b: 1 - neuron(x, w, b), "subtracted from 1"),
        (lambda x, w, b: neuron(x, w, b)[::-1], "in reverse order"),
        (lambda x, w, b: neuron(x, w, b) - 0.5, "1/2 greater"),
        (lambda x, w, b: neuron(x, w, b) + 0.5, "1/2 less"),
        (lambda x, w, b: neuron(x, w, b) - b, "if `b` were added to it"),
        (lambda x, w, b: neuron(x, w, b) * len(x), "divided by the number of elements of `x`"),
        (lambda x, w, b: -neuron(x, w, b) * len(x), "divided by the number of elements of `x`, and with the opposite"),
        (lambda x, w, b: np.sqrt(neuron(x, w, b) * len(x)), "squared, and then divided by the number of elements"),
        (lambda x, w, b: neuron(x, w, -b), "called with `-b` in place of `b`"),
        (lambda x, w, b: neuron(x, b, w), "`w` and `b` change places"),
        (lambda x, w, b: neuron(x, w / len(x), b), "called with `w` times the number of elements of `x`"),
        (lambda x, w, b: 1 / (1 + np.exp(-neuron(x, w, -b))), "Two things together"),
    ],
)
def test_what_makes_results_right_is_told(answer: Any, said: str) -> None:
    assert said in told(answer)


@pytest.mark.parametrize(
    "answer",
    [
        neuron,
        lambda x, w, b: None,
        lambda x, w, b: "text",
        lambda x, w, b: x / None,
        lambda x, w, b: np.cos(3 * x + w) + b,
    ],
)
def test_nothing_is_told_where_nothing_fits(answer: Any) -> None:
    assert told(answer) == ""


def test_what_never_changes_is_told() -> None:
    assert told(lambda x, w, b: 0.5 + 0 * x) == "Your result is always 0.5, whatever the function is called with."
    assert told(lambda x, w, b: np.cos(x) * w) == "`b` has no influence on what comes back: where does it count?"


def test_a_sign_that_is_lost_for_some_arguments_is_told() -> None:
    def right(x: Any, w: Any, b: Any) -> Any:
        return w * (1 + x**2)

    lost = told(lambda x, w, b: np.abs(right(x, w, b)), right)
    assert lost == (
        "Your result would be right if its sign were the opposite for some arguments: is there an absolute value too "
        "many?"
    )


def test_results_are_told_apart() -> None:
    def right(x: Any, w: Any, b: Any) -> Any:
        return w * x, b * x

    assert told(lambda x, w, b: (w * x, -b * x), right, results=2).startswith(
        "Result 1 would be right with the opposite"
    )
    both = told(lambda x, w, b: (-w * x, -b * x), right, results=2)
    assert both.startswith("Result 0 and result 1 would be right with the opposite sign")
    swapped = told(lambda x, w, b: (b * x, w * x), right, results=2)
    assert swapped == "The first and the second result are right, but have changed places."
    assert told(lambda x, w, b: (-w * x, np.cos(b * x)), right, results=2) == ""


def test_counts_are_told_as_turns() -> None:
    def run(x: Any, n: Any) -> Any:
        return x * 1.5**n

    probes = [[0.7, 3], [1.9, 1], [2.3, 0]]
    assert "one turn too few" in told(lambda x, n: run(x, n - 1), run, probes, names=["x", "n"])
    assert "one turn too many" in told(lambda x, n: run(x, n + 1), run, probes[:2], names=["x", "n"])


def test_what_is_picked_from_the_arguments_says_little() -> None:
    probes = [[{"several": [[1.0, 2.0], [3.0, 4.0]]}, 1.0], [{"several": [[5.0, 1.0], [2.0, 4.0]]}, 1.0]]
    names = ["members", "x"]
    assert told(lambda members, x: -members[0], lambda members, x: members[0], probes, names=names)
    assert told(lambda members, x: members[0], lambda members, x: members[-1], probes, names=names) == ""


def test_a_search_ends() -> None:
    names = [f"p{i}" for i in range(8)]
    probes = [[0.1 + 0.37 * i for i in range(8)] for _ in range(2)]
    tried: list[int] = []

    def answer(*values: Any) -> Any:
        tried.append(1)
        return np.sin(np.arange(3.0) * sum(values))

    assert told(answer, lambda *values: np.cos(np.arange(3.0) + values[0]), probes, names=names) == ""
    assert len(tried) < 2 * relating.MOST_TRIED
