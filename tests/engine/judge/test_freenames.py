"""Free names of a cell, and what else its text says."""

from __future__ import annotations

import pytest

from autograder.notebook.names import bound_names, free_names, has_code, plain_python


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("assert sigmoid(0) == 0.5", {"sigmoid": 1}),
        ("import numpy as np\nfrom solutions.a import b as c\nnp.sum(c)", {}),
        ("def f(a, b=w):\n    return a + outer\nf(1)", {"w": 1, "outer": 2}),
        ("[x + k for x in xs if x]", {"k": 1, "xs": 1}),
        ("f = lambda t: t + n", {"n": 1}),
        ("class A(Base):\n    y = z\n    def m(self):\n        return y", {"Base": 1, "z": 2, "y": 4}),
        ("try:\n    f()\nexcept Exception as e:\n    print(e)", {"f": 2}),
        ("if (n := g()) > 2:\n    print(n)", {"g": 1}),
        ("any((hit := x) for x in xs)\nprint(hit)", {"xs": 1}),
        ("def f():\n    global made\n    made = 1\nf()\nprint(made)", {}),
        ("def f():\n    global taken\n    return taken", {"taken": 3}),
        ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = y\n    return g", {"y": 5}),
        ("with opened as handle:\n    handle.x = value", {"opened": 1, "value": 2}),
        ("for i, *rest in pairs:\n    total = i", {"pairs": 1}),
        ("f'{value!r:>{width}}'", {"value": 1, "width": 1}),
        ("@wrap\ndef f(x: Kind) -> Other: ...", {"wrap": 1, "Kind": 2, "Other": 2}),
        (
            "match thing:\n    case [a, b]:\n        print(a, b)\n    case Point(x=1):\n        pass",
            {"thing": 1, "Point": 4},
        ),
        ("x.y = 1", {"x": 1}),
        ("x[0] = 1", {"x": 1}),
        ("print(len([]), __name__, True, ...)", {}),
        ("b\na\n\na", {"b": 1, "a": 2}),
        ("", {}),
    ],
)
def test_free_names(source: str, expected: dict[str, int]) -> None:
    assert free_names(source) == expected


@pytest.mark.parametrize("source", ["from numpy import *", "def f(:", "%matplotlib inline"])
def test_what_is_no_test_cell(source: str) -> None:
    with pytest.raises(SyntaxError):
        free_names(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%time\nimport a.b as c, d.e\nx, *y = 1, 2\nfor i in y:\n    z: int = 3", {"c", "d", "x", "y", "i", "z"}),
        ("def f(): local = 1\nclass C: inner = 2", {"f", "C"}),
        ("!ls\nx = 1", {"x"}),
        ("import numpy as np\nnp.sum?\nnp.random.randint ??\nfiles = !ls\nx = 1", {"np", "x"}),
    ],
)
def test_bound_names(source: str, expected: set[str]) -> None:
    assert bound_names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# your code here\n", False),
        ("", False),
        ("'''text'''\npass\n...\nraise NotImplementedError('x')", False),
        ("%load solutions/a.py", False),
        ("x = 1", True),
        ("def f(x):\n    pass", True),
        ("def f(:", True),
        ("\0", True),
        ("(" * 10_000, True),
        ("-" * 100_000 + "1", True),
    ],
)
def test_has_code(source: str, expected: bool) -> None:
    assert has_code(source) is expected


def test_only_cells_that_need_it_are_made_plain() -> None:
    multiplied = "x = (7\n    % 3)\n"
    assert plain_python(multiplied) == multiplied
    assert plain_python("if x:\n    %time f()\n") == "if x:\n    pass\n"
    assert plain_python("\n" * 100_000 + "%a") == "\n" * 100_000 + "pass"
