"""What the text of a function tells: each kind of slip has its sentence, and calm functions have none."""

from __future__ import annotations

import linecache
from typing import Any

import numpy as np
import pytest

from check import reading

SCOPE: dict[str, Any] = {"np": np, "x_all": np.arange(3.0), "step": lambda p: p}


def read(source: str) -> list[str]:
    """The sentences about a function, from its text as a notebook keeps it."""
    name = f"<cell {hash(source)}>"
    linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
    scope = dict(SCOPE)
    exec(compile("def helper(p):\n    return p\n", "helper", "exec"), scope)
    exec(compile(source, name, "exec"), scope)
    return reading.read(scope["f"])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f(x, w):\n    return 2 * x", "never uses its argument `w`"),
        ("def f(x):\n    return 2 * x_all", "never uses its argument `x`, and takes `x_all` from outside"),
        ("def f(x):\n    return x + x_all", "takes `x_all` from outside the function"),
        ("def f(x, w):\n    w = 2\n    return w * x", "gives its argument `w` a value of its own"),
        ("def f(x):\n    for i in x:\n        return i", "The `return` stands inside the loop"),
        ("def f(x):\n    for i in x:\n        t = i * i\n    return t", "Each turn of a loop replaces `t`"),
        ("def f(p):\n    helper(p)\n    return p", "The result of `helper(...)` is not kept"),
        ("def f(p):\n    np.clip(p, 0, 1)\n    return p", "The result of `np.clip(...)` is not kept"),
        ("def f(x):\n    return [x[i] for i in range(len(x) - 1)]", "ends one turn early"),
        ("def f(x, n):\n    for i in range(1, n):\n        x = x + i\n    return x", "begins at 1"),
        ("def f(x):\n    return np.sum(x) / 500", "The number 500 is fixed"),
        ("def f(x):\n    return 2.72**x", "`2.72` is not exactly e"),
        ("def f(x):\n    return np.round(x, 3)", "rounds: keep all decimals"),
        ("def f(x):\n    return x.astype(int)", "rounds: keep all decimals"),
        ("def f(x, w):\n    return -x // w", "`//` divides and rounds down"),
        ("def f(x):\n    return x ^ 2", "`x ^ 2` is no power"),
        ("def f(x):\n    x == x + 1\n    return x", "`x == x + 1` stands alone"),
        ("def f(x):\n    print(2 * x)", "`f` prints and returns nothing"),
        ("def f(x):\n    return 1 / (1 + 2 ** -x)", "is a power of 2"),
        ("def f(x):\n    y = np.exp(x)\n    return x", "`y` is computed and never used"),
        (
            "def f(w, b):\n    w = w - helper(w + b)\n    b = b - helper(w + b)\n    return w, b",
            "`helper` is called again after `w` has changed",
        ),
    ],
)
def test_a_slip_is_told(source: str, said: str) -> None:
    assert said in " ".join(read(source))


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, w):\n    x = x * w\n    return x",
        "def f(x):\n    t = 0\n    for i in range(1, len(x)):\n        t += x[i] - x[i - 1]\n    return t",
        "def f(p, n):\n    for i in range(n):\n        q = helper(p)\n        p = p + q\n    return p",
        "def f(p):\n    return (p > 0.5).astype(int).mean() / 2",
        "def f(p):\n    return p[int(np.argmin(p))] + p[int(np.floor(p[0]))]",
        "def f(p):\n    i = int(np.argmax(p))\n    return p[i]",
    ],
)
def test_nothing_is_told_of_a_calm_function(source: str) -> None:
    assert read(source) == []


@pytest.mark.parametrize("value", [3, len, np.exp, type("Called", (), {"__call__": lambda self, x: x})()])
def test_what_has_no_text_tells_nothing(value: Any) -> None:
    assert reading.read(value) == []
