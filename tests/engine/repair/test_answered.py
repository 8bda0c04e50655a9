"""Which cells hold an answer: what decides between a zero and a look by a person."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.grading.finished import not_gradable
from autograder.model.record import Submission
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair.answered import answer_cells, answer_files, answered_cells, unanswered_questions
from tests.engine.fixtures.mini_lab import ANSWERS, answered, mini_lab

LAB = parse_lab(mini_lab())


def own_cell(text: str) -> dict[str, Any]:
    """A text cell that the student added."""
    return {"cell_type": "markdown", "id": "own", "metadata": {"autograder": {"role": "extra"}}, "source": text}


@pytest.mark.parametrize("names", [(), ("square",), ("scale", "observe"), ("square", "scale", "observe")])
def test_cells_that_differ_from_the_release(names: tuple[str, ...]) -> None:
    assert answered_cells(answered({name: ANSWERS[name] for name in names}), LAB) == names


def test_blank_lines_are_no_answer() -> None:
    notebook = answered({})
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = ["\n", "".join(cell["source"]), "\n  \n"]
    assert answered_cells(notebook, LAB) == ()


def test_words_elsewhere_may_be_the_written_answer() -> None:
    notebook = answered({})
    notebook["cells"].append(own_cell("It grows faster."))
    assert answered_cells(notebook, LAB) == ("observe",)


def test_all_cells_of_an_unreadable_submission_count_as_answered() -> None:
    result = not_gradable(Submission("ada", "mini"), LAB.lab, "It is damaged.")
    assert result.answered == answer_cells(LAB) == ("square", "scale", "observe")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        *((name, True) for name in ("observe.pdf", "Answers.DOCX", "answers.txt", "IMG_0001.HEIC", "photos/a.jpeg")),
        *((name, False) for name in ("data.csv", "helper.py", "requirements.txt", "README.md", "timestamp.txt")),
        ("curve.png", False),  # the notebook's code writes it
        ("numbers.txt", False),  # and reads it
    ],
)
def test_files_that_may_hold_a_written_answer(path: str, answer: bool) -> None:
    notebook = answered({"square": "plt.savefig('curve.png')\nnp.loadtxt(\"figures/numbers.txt\")"})
    assert answer_files([path], notebook, LAB) == ([path] if answer else [])
    assert unanswered_questions(notebook, LAB)
    assert answered_cells(notebook, LAB, beside=answer) == ("square", *(["observe"] if answer else []))


def test_words_that_a_code_cell_of_the_labs_shows() -> None:
    notebook = answered({"square": "display(Markdown('It grows faster and faster.'))"})
    assert answered_cells(notebook, LAB) == ("square", "observe")
    assert not unanswered_questions(answered(), LAB)
