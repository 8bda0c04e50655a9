"""Cells that only show something are left out, and only those."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.notebook.demonstrations import idle


def cell(source: str, role: str = "locked", **ours: Any) -> dict[str, Any]:
    """A code cell of a repaired notebook."""
    return {"cell_type": "code", "source": source, "metadata": {"autograder": {"role": role, **ours}}}


SETUP = cell("import numpy as np")
DEMO = cell("curve = f(np.arange(3))\nprint(curve)", demo=True)
ANSWER = cell("def f(x):\n    return x", "answer")


def test_a_demonstration_that_nobody_uses_is_idle() -> None:
    assert idle([SETUP, ANSWER, DEMO]) == {2}


def test_a_chain_of_demonstrations_is_idle_as_a_whole() -> None:
    assert idle([SETUP, ANSWER, DEMO, cell("plot(curve)", demo=True)]) == {2, 3}


def test_a_locked_cell_that_is_no_demonstration_runs() -> None:
    assert idle([SETUP, cell("np.random.seed(1)"), ANSWER]) == set()


@pytest.mark.parametrize(
    "later",
    [
        cell("best = max(curve)", "answer"),
        cell("def g():\n    return curve", "answer"),
        cell("curve = curve + 1", "extra"),
        cell("curve += 1", "extra"),
        cell("assert curve[0] == 0", "test"),
        cell("print(eval('cur' + 've'))", "extra"),
        cell("globals()['cur' + 've']", "answer"),
        cell("print(pd.eval('curve + 1'))", "answer"),
        cell("import __main__\nprint(__main__.curve)", "answer"),
        cell("del curve", "extra"),
        cell("%time curve", "play"),
        cell("not python at all (", "extra"),
    ],
)  # fmt: skip
def test_what_may_be_used_runs(later: dict[str, Any]) -> None:
    """What a cell reads by other ways than its name cannot be told for certain, so all before it runs."""
    assert idle([SETUP, ANSWER, DEMO, later]) == set()


def test_what_comes_after_a_cell_that_cannot_be_read_is_idle_still() -> None:
    assert idle([SETUP, cell("%matplotlib inline", "extra"), ANSWER, DEMO]) == {3}
