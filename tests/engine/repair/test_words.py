"""Written answers outside their cell: found, so that a person looks; and what is no answer, found to be none."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from autograder.model.limits import Limits
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair import repair
from autograder.repair.stray_text import has_unplaced_words, is_prose
from tests.engine.fixtures import mini_lab as mini
from tests.engine.repair.test_odd_notebooks import Notebook, student

CODE = {name: mini.ANSWERS[name] for name in ("square", "scale")}
SAID = "The square grows faster and faster."


def words(notebook: Notebook) -> bool:
    repaired = repair(mini.submission(notebook.content), parse_lab(mini.mini_lab()), Limits())
    assert repaired.notebook is not None
    return has_unplaced_words(repaired.notebook)


def test_a_notebook_with_the_stub_alone_has_none() -> None:
    assert not words(Notebook(CODE))


def test_a_written_answer_in_its_cell_leaves_none_elsewhere() -> None:
    assert not words(Notebook())


def test_typed_into_the_cell_with_the_task() -> None:
    notebook = Notebook(CODE)
    notebook["task_observe"]["source"] += f"\n\n{SAID}"
    assert words(notebook)


@pytest.mark.parametrize(
    "text",
    [f"# {SAID}", f'"""{SAID}"""', SAID, f"print({SAID!r})", f"answer = {SAID!r}", f"import math  # {SAID}\n# {SAID}"],
)
def test_in_a_code_cell_below(text: str) -> None:
    notebook = Notebook(CODE)
    notebook.cells.append(student(text))
    assert words(notebook) == (not text.startswith("import"))


@pytest.mark.parametrize(
    "text",
    [
        f"from IPython.display import Markdown, display\ndisplay(Markdown({SAID!r}))",
        f"import IPython.display as d\nd.Markdown({SAID!r})",
        f"slope = 2\ndisplay(HTML(f'<p>{SAID}</p> {{slope}}'))",
        f"answer = {SAID!r}\nx = 1\ndisplay(answer)",
        f"%%markdown\nslope = 2 (steep): {SAID}",
        f"%%latex\n{SAID}",
    ],
)
def test_shown_by_a_code_cell(text: str) -> None:
    notebook = Notebook(CODE)
    notebook.cells.append(student(text))
    assert words(notebook)


@pytest.mark.parametrize(
    "text", ["display(Markdown('---'))", "display(square(3))", "display(df.head())", "%%html\n<->"]
)
def test_code_that_shows_no_words(text: str) -> None:
    notebook = Notebook(CODE)
    notebook.cells.append(student(text))
    assert not words(notebook)


def test_the_cells_of_task_and_answer_merged() -> None:
    notebook = Notebook(CODE)
    notebook.cells.remove(notebook["observe"])
    task = notebook["task_observe"]
    task["source"] += f"\n\n{mini.WRITTEN_STUB}"
    assert not words(notebook)
    task["source"] += f"\n\n{SAID}"
    assert words(notebook)


def test_all_answers_in_one_cell_that_goes_to_one_question() -> None:
    notebook = Notebook(CODE)
    notebook.cells.append(student(SAID, "markdown"))  # fills the nearest question; others may be meant too
    assert words(notebook)


@pytest.mark.parametrize("cell_id", ["setup", "play", "test_square"])
@pytest.mark.parametrize("text", [f"# {SAID}", SAID])
def test_in_a_cell_of_ours_below_a_deleted_one(cell_id: str, text: str) -> None:
    notebook = Notebook(CODE)
    notebook.cells.remove(notebook["observe"])
    if cell_id == "play":
        notebook.cells.append(student(text))
    else:
        notebook[cell_id]["source"] = f"{text}\n{notebook[cell_id]['source']}"
    assert words(notebook)


def test_a_photo_in_the_cell_below_the_stub() -> None:
    notebook = Notebook(CODE)
    notebook["observe"]["attachments"] = {"sketch.png": {"image/png": "iVBORw0KGgo="}}
    notebook.cells.append(student("x = 1"))
    assert words(notebook)


def test_code_and_what_is_ours_are_no_words() -> None:
    notebook = Notebook(CODE)
    for cell in copy.deepcopy(notebook.cells):
        notebook.cells.append(student(cell["source"], cell["cell_type"]))
    notebook["setup"]["source"] += "\nimport math\n"
    assert not words(notebook)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", False),
        ("# ----", False),
        ("# %load -s square ../solutions/square.py", False),
        ("# plt.plot(x, y)", False),
        ("# steeper", True),
        ("name = 'ada'", False),
        ("x = 1\n# a remark on x", False),
        ("%matplotlib inline", False),
        ("!pip install numpy", False),
        ("def f(x)\n    retrun x", False),
        ("for x in values:\n  print x", False),
        ("I see that it grows (fast)", True),
        ("両方とも速く増加する。", True),
        ("x = 1\n" * 100_000, False),
    ],
)
def test_what_in_a_code_cell_is_words(code: str, expected: Any) -> None:
    assert is_prose(code) == expected
