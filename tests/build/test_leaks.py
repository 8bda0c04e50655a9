"""Which lines carry an idea, and how lines are compared."""

from __future__ import annotations

import pytest

from autograder.notebook.leaks import squeeze, tells, without_docstrings


@pytest.mark.parametrize(
    "line",
    ["z = w * x + b", "return w*x + b", "return sigmoid(affine(x, w, b))", "limit = 1.0", "h += 1", "if z >= 0:"],
)
def test_tells(line: str) -> None:
    assert tells(f"    {line}  # so")


@pytest.mark.parametrize(
    "line",
    ["", ")", "]:", "return h", "return dL_dw1, dL_db1, dL_dw2, dL_db2", "plt.show()", "else:", "# z = w * x + b",
     "import numpy as np", "from solutions.sigmoid import sigmoid", "def affine(x: float, w: float) -> float:", "    "],
)  # fmt: skip
def test_tells_nothing(line: str) -> None:
    assert not tells(line)


def test_spaces_and_comments_hide_nothing() -> None:
    assert squeeze("  z=w*x+b # affine") == squeeze("z = w * x + b")
    assert squeeze('s = "a # b"') == 's="a # b"'
    assert squeeze("print(") == "print("


def test_docstrings_are_left_out() -> None:
    code = 'def f(x):\n    """Twice x.\n\n    x: a number = 1\n    """\n    y = "text"\n    return y\n'
    assert without_docstrings(code) == ["def f(x):", '    y = "text"', "    return y"]
