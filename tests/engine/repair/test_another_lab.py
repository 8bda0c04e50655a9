"""Another lab's notebook, whole or in parts: what it hands out is nobody's answer."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Submission
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair import Repaired, repair
from tests.engine.fixtures import mini_lab as mini
from tests.engine.repair.test_odd_files import answers

LIMITS = Limits()
LONG = "A paragraph of another lab explains at length what its reader should know before the exercise. " * 3
GIVEN = f"import numpy as np\n\n{mini.SQUARE}"


def lab() -> Lab:
    """The mini lab, which says what it was built from."""
    made = mini.mini_lab()
    release = json.loads(made.release)
    release["metadata"]["built_from"] = "labs/mini.py"
    return replace(made, release=json.dumps(release))


def other(built_from: str = "labs/other.py") -> dict[str, Any]:
    """A blank notebook of another lab, whose set-up cell hands out `square`."""
    cells = [mini.markdown_cell("intro", f"# Another lab\n\n{LONG}")]
    cells.append(mini.code_cell("given", GIVEN, "locked", mini.nbgrader_metadata("given", locked=True)))
    for number in range(6):
        name = f"other_{number}"
        cells.append(mini.markdown_cell(f"task_{name}", f"### Exercise {number}\n\n{LONG}"))
        cells.append(mini.code_cell(name, mini.STUB, "answer", mini.nbgrader_metadata(name, solution=True)))
        cells.append(mini.code_cell(f"test_{name}", f"assert {name}(1) == 1, 'look again'", "test"))
    made = mini.notebook(cells)
    made["metadata"]["built_from"] = built_from
    return made


def bare(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook after a tool that drops metadata and ids."""
    cells = [{"cell_type": cell["cell_type"], "source": cell["source"], "metadata": {}} for cell in notebook["cells"]]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


def hand_in(notebook: dict[str, Any]) -> Repaired:
    return repair(Submission("ada", mini.LAB, {"mini.ipynb": json.dumps(notebook).encode()}), parse_lab(lab()), LIMITS)


def test_a_notebook_that_says_it_is_another_labs_is_refused_by_its_name() -> None:
    notebook = other()
    for cell in notebook["cells"]:
        cell["metadata"] = {}  # as in a copy for class, which carries no labels
    assert hand_in(notebook).problem == (
        "mini.ipynb is other.ipynb, another lab's notebook, not mini: hand in mini.ipynb."
    )


def test_a_blank_notebook_of_another_lab_that_lost_everything_is_refused() -> None:
    assert hand_in(bare(other())).problem == "mini.ipynb is another notebook, not mini: hand in mini.ipynb."


def test_answers_typed_anew_with_long_explanations_are_graded() -> None:
    cells = [{"cell_type": "markdown", "source": LONG, "metadata": {}} for _ in range(8)]
    cells += [{"cell_type": "code", "source": text, "metadata": {}} for text in (mini.SQUARE, mini.SCALE)]
    repaired = hand_in({"cells": cells, "metadata": {}, "nbformat": 4})
    assert answers(repaired)["square"] == mini.SQUARE


def test_the_labs_own_copy_without_labels_is_graded() -> None:
    notebook = bare(mini.answered()) | {"metadata": {"built_from": "labs/mini.py"}}
    assert answers(hand_in(notebook)) == mini.ANSWERS


def test_an_answer_cell_of_ours_in_another_labs_notebook_is_told_by_the_labels() -> None:
    notebook = other()
    notebook["cells"].insert(2, mini.answered()["cells"][3])
    problem = hand_in(notebook).problem
    assert problem is not None
    assert "other_0" in problem


def with_two_more(given: dict[str, str]) -> dict[str, Any]:
    """A solved notebook, with two blank ones of other labs pasted behind it."""
    notebook = mini.answered(given)
    for _ in range(2):
        notebook["cells"] += copy.deepcopy(other()["cells"])
    return notebook


def test_other_labs_pasted_behind_a_solved_one_do_not_outvote_it() -> None:
    assert answers(hand_in(with_two_more(mini.ANSWERS))) == mini.ANSWERS


@pytest.mark.parametrize("gone", [False, True])
def test_what_another_lab_hands_out_is_no_answer(gone: bool) -> None:
    notebook = with_two_more({"scale": mini.SCALE})
    if gone:
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in ("square", "observe")]
    assert answers(hand_in(notebook)) == {
        "square": mini.STUB,
        "scale": mini.SCALE,
        "observe": mini.WRITTEN_STUB,
    }


def test_our_own_prose_copied_below_a_written_question_is_no_answer() -> None:
    notebook = mini.answered({})
    notebook["cells"].append({"cell_type": "markdown", "source": "What do you observe about `square`?", "metadata": {}})
    assert answers(hand_in(notebook))["observe"] == mini.WRITTEN_STUB
