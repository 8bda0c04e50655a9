"""What the build puts into `source/` is what a student's `%load` gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from coursebuild.answers import Load, defined_names, find_load, load_text, parse_magic

MODULE = '''"""Two functions."""

import math


def helper(x):
    """Doc."""

    return math.sqrt(x)


# A comment between them.
def root(x):
    return helper(x)


def other():
    pass
'''
SCRIPT = '''"""Values."""

import numpy as np

# --- answer ---

w = np.zeros(2)
for i in range(2):
    w[i] = i

b = 1
'''


def loaded_by_ipython(magic: str, folder: Path) -> str:
    """What IPython's own `%load` puts into the cell, below the line that repeats the magic."""
    shell = InteractiveShell()
    (folder / "notebooks").mkdir()
    line = magic.removeprefix("# %load ").replace("../", f"{folder}/")
    offered: list[str] = []
    shell.set_next_input = lambda text, replace=False: offered.append(text)
    shell.run_line_magic("load", line)
    first, _, rest = offered[0].partition("\n")
    assert first == f"# %load {line}"
    return rest


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("from solutions.answer import root", MODULE),
        ("from solutions.answer import helper, root", MODULE),
        ("from solutions.answer import (\n    root,\n    helper,\n)", MODULE),
        ("from solutions.answer import w, b", SCRIPT),
    ],
)
def test_same_text_as_ipython(cell: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "answer.py").write_text(text)
    load = find_load("answer", cell, text)
    assert loaded_by_ipython(load.magic(), tmp_path).rstrip("\n") == load_text(load, text)
    assert set(defined_names(load_text(load, text))) >= {"root"} or "w = np.zeros(2)" in load_text(load, text)


@pytest.mark.parametrize("load", [Load("a", names=("f",)), Load("a", names=("f", "g")), Load("a", lines=(3, 12))])
def test_magic_and_back(load: Load) -> None:
    assert parse_magic(load.magic()) == (load, "../solutions/a.py")


@pytest.mark.parametrize(
    ("cell", "module", "said"),
    [
        ("import math", MODULE, "must be one line"),
        ("def root(x):\n    return x", MODULE, "must be one line"),
        ("from solutions.other import root", MODULE, "must be one line"),
        ("from solutions.answer import root as r", MODULE, "without `as`"),
        ("from solutions.answer import *", MODULE, "without `as`"),
        ("from solutions.answer import square", MODULE, "does not define square"),
        ("from solutions.answer import np", SCRIPT, "does not define np"),
        ("from solutions.answer import w", "# --- answer ---\n\n", "has nothing below"),
        ("from solutions.answer import w", SCRIPT + "# --- answer ---\nw = 2", "more than once"),
    ],
)
def test_no_target(cell: str, module: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        find_load("answer", cell, module)
