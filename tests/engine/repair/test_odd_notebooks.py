"""Copied, deleted, split, moved, retyped, retagged and relabelled cells: the answers count, the tests are ours."""

from __future__ import annotations

import copy
from typing import Any

import nbformat
import pytest

from autograder.model.limits import Limits
from autograder.notebook.names import assigned_names
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair import Repaired, repair
from tests.engine.fixtures import mini_lab as mini
from tests.engine.repair.test_odd_files import answers

LAB = parse_lab(mini.mini_lab())
LIMITS = Limits()
Cell = dict[str, Any]


class Notebook:
    """A right submission that a test then spoils."""

    def __init__(self, given: dict[str, str] = mini.ANSWERS) -> None:
        self.content = mini.answered(given)
        self.cells: list[Cell] = self.content["cells"]

    def __getitem__(self, cell_id: str) -> Cell:
        return next(cell for cell in self.cells if cell.get("id") == cell_id)

    def at(self, cell_id: str) -> int:
        return self.cells.index(self[cell_id])

    def repaired(self) -> Repaired:
        """Hand it in; whatever was done to it, the result is a valid notebook with every cell of ours in our order."""
        repaired = repair(mini.submission(self.content), LAB, LIMITS)
        assert repaired.notebook is not None, repaired.problem
        nbformat.validate(repaired.notebook)
        ours = [cell for cell in repaired.notebook.cells if cell.metadata.autograder.role != "extra"]
        assert [cell.id for cell in ours] == [cell["id"] for cell in mini.source_notebook()["cells"]]
        source = {cell["id"]: cell for cell in mini.source_notebook()["cells"]}
        for cell in ours:
            if cell.metadata.autograder.role in ("test", "locked", "prose"):
                assert cell.source == source[cell.id]["source"]
        return repaired


def student(source: str, kind: str = "code", **metadata: Any) -> Cell:
    """A cell that the student made."""
    cell: Cell = {"cell_type": kind, "metadata": metadata, "source": source}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def order(repaired: Repaired) -> list[str]:
    """Ids of our cells and texts of the student's own, in order."""
    assert repaired.notebook is not None
    return [
        cell.source if cell.metadata.autograder.role == "extra" else cell.id
        for cell in repaired.notebook.cells
        if cell.cell_type == "code" or cell.metadata.autograder.role == "extra"
    ]


OURS = ["setup", "square", "test_square", "play", "scale", "test_scale_length", "test_scale_values"]


# --- untouched and partly answered


def test_an_untouched_notebook_needs_no_repair() -> None:
    repaired = Notebook({}).repaired()
    assert answers(repaired) == {"square": mini.STUB, "scale": mini.STUB, "observe": mini.WRITTEN_STUB}
    assert repaired.repairs == []


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# your code here", "# your code here\n# no idea", "   # your code here "]
)
def test_comments_alone_are_no_answer(text: str) -> None:
    notebook = Notebook({**mini.ANSWERS, "square": text})
    notebook.cells.append(student(mini.SQUARE))
    assert answers(notebook.repaired())["square"] == mini.SQUARE


def test_a_syntax_error_is_an_answer() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": "def square(x)\n  retrun x"})
    notebook.cells.append(student(mini.SQUARE))
    assert answers(notebook.repaired())["square"] == "def square(x)\n  retrun x"


# --- copied and split cells


def test_a_copied_answer_cell_stays_where_it_is_and_all_run_in_order() -> None:
    notebook = Notebook()
    twin = copy.deepcopy(notebook["square"]) | {"id": "twin", "source": "def square(x):\n    return x"}
    notebook.cells.insert(notebook.at("square"), twin)
    repaired = notebook.repaired()
    assert order(repaired)[:4] == ["setup", "def square(x):\n    return x", "square", "test_square"]
    assert answers(repaired)["square"] == mini.SQUARE
    assert repaired.repairs == ["There are several cells with one label; all of them count, in their order: square."]


def test_a_split_answer_cell_is_run_in_full() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": "def helper(x):\n    return x"})
    rest = copy.deepcopy(notebook["square"]) | {"id": "rest", "source": "def square(x):\n    return helper(x) * x"}
    notebook.cells.insert(notebook.at("square") + 1, rest)
    repaired = notebook.repaired()
    assert order(repaired)[:4] == ["setup", "def helper(x):\n    return x", "square", "test_square"]
    assert "helper(x) * x" in answers(repaired)["square"]


def test_a_split_answer_cell_whose_rest_lost_its_label_is_run_in_full() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": "def helper(x):\n    return x"})
    rest = "def square(x):\n    return helper(x) * x"
    notebook.cells.insert(notebook.at("square") + 1, student(rest))
    repaired = notebook.repaired()
    assert order(repaired)[:4] == ["setup", "square", rest, "test_square"]


def test_of_copies_below_the_test_the_one_above_it_counts() -> None:
    notebook = Notebook()
    notebook.cells.append(copy.deepcopy(notebook["square"]) | {"id": "late", "source": "def square(x): return 0"})
    repaired = notebook.repaired()
    assert answers(repaired)["square"] == mini.SQUARE
    assert order(repaired)[-1] == "def square(x): return 0"


def test_an_untouched_cell_gives_way_to_its_copy_below_the_test() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": mini.STUB})
    notebook.cells.append(copy.deepcopy(notebook["square"]) | {"id": "late", "source": mini.SQUARE})
    repaired = notebook.repaired()
    assert answers(repaired)["square"] == mini.SQUARE
    assert order(repaired) == OURS


def test_a_split_written_answer_is_put_together_for_the_person_who_grades_it() -> None:
    notebook = Notebook({**mini.ANSWERS, "observe": "First."})
    notebook.cells.append(copy.deepcopy(notebook["observe"]) | {"id": "second", "source": "Second."})
    notebook.cells.append(copy.deepcopy(notebook["observe"]) | {"id": "third", "source": mini.WRITTEN_STUB})
    assert answers(notebook.repaired())["observe"] == "First.\n\nSecond."


def test_a_copied_test_cell_is_the_students_own_and_ours_is_judged() -> None:
    notebook = Notebook()
    twin = copy.deepcopy(notebook["test_square"]) | {"id": "twin"}
    notebook.cells.insert(notebook.at("test_square") + 1, twin)
    assert order(notebook.repaired())[2:4] == ["test_square", twin["source"]]


def test_the_whole_notebook_pasted_twice_gives_every_test_once() -> None:
    notebook = Notebook()
    notebook.cells += copy.deepcopy(notebook.cells)
    repaired = notebook.repaired()
    assert answers(repaired) == mini.ANSWERS
    assert repaired.notebook is not None
    assert sum(cell.metadata.autograder.role == "test" for cell in repaired.notebook.cells) == 3


# --- deleted cells


@pytest.mark.parametrize("gone", ["title", "setup", "test_square", "play", "test_scale_values", "task_observe"])
def test_a_deleted_cell_of_ours_is_back(gone: str) -> None:
    notebook = Notebook()
    notebook.cells.remove(notebook[gone])
    assert answers(notebook.repaired()) == mini.ANSWERS


def test_a_deleted_answer_is_back_empty_and_told() -> None:
    notebook = Notebook()
    notebook.cells.remove(notebook["scale"])
    repaired = notebook.repaired()
    assert answers(repaired) == {**mini.ANSWERS, "scale": mini.STUB}
    assert repaired.repairs == ["Cells that were missing are back, empty where they are for answers: scale."]


def test_every_cell_but_the_answers_deleted() -> None:
    notebook = Notebook()
    notebook.cells[:] = [notebook[name] for name in ("square", "scale", "observe")]
    assert answers(notebook.repaired()) == mini.ANSWERS


# --- moved cells


def test_an_answer_moved_below_its_test_goes_back_above_it() -> None:
    notebook = Notebook()
    cell = notebook["square"]
    notebook.cells.remove(cell)
    notebook.cells.append(cell)
    repaired = notebook.repaired()
    assert order(repaired) == OURS
    assert repaired.repairs == ["Cells that had been moved went back to their place: square."]


def test_a_moved_answer_takes_the_helper_before_and_after_it_along() -> None:
    notebook = Notebook()
    cell = notebook["square"]
    notebook.cells.remove(cell)
    notebook.cells += [student("before = 1"), cell, student("after = 2")]
    assert order(notebook.repaired())[:5] == ["setup", "before = 1", "square", "after = 2", "test_square"]


def test_all_cells_reversed() -> None:
    notebook = Notebook()
    notebook.cells.reverse()
    repaired = notebook.repaired()
    assert order(repaired) == OURS
    assert answers(repaired) == mini.ANSWERS


def test_the_students_own_cells_stay_behind_the_cell_they_follow() -> None:
    notebook = Notebook()
    notebook.cells.insert(0, student("first = 1"))
    notebook.cells.insert(notebook.at("square"), student("above = 2"))
    notebook.cells.insert(notebook.at("test_square") + 1, student("below = 3"))
    notebook.cells.append(student("last = 4"))
    repaired = notebook.repaired()
    assert order(repaired) == [
        "first = 1", "setup", "above = 2", "square", "test_square", "below = 3", *OURS[3:], "last = 4",
    ]  # fmt: skip
    assert repaired.repairs == []


# --- retyped cells


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_turned_into_text_is_code_again(kind: str) -> None:
    notebook = Notebook()
    cell = notebook["square"]
    cell["cell_type"] = kind
    del cell["outputs"], cell["execution_count"]
    repaired = notebook.repaired()
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == ["Cells that had been turned into another type got theirs back: square."]


def test_an_answer_in_a_markdown_code_fence_is_code_again() -> None:
    notebook = Notebook()
    notebook["square"].update(cell_type="markdown", source=f"```python\n{mini.SQUARE}\n```")
    assert answers(notebook.repaired()) == mini.ANSWERS


FENCES = {
    "backticks": f"My answer:\n\n```python\n{mini.SQUARE}\n```",
    "tildes": f"~~~\n{mini.SQUARE}\n~~~",
    "never closed": f"```\n{mini.SQUARE}",
}


@pytest.mark.parametrize("text", FENCES.values(), ids=FENCES.keys())
def test_code_in_a_fence_is_the_answer(text: str) -> None:
    notebook = Notebook()
    notebook["square"].update(cell_type="markdown", source=text)
    repaired = notebook.repaired()
    assert answers(repaired) == mini.ANSWERS
    assert ("My answer:" in order(repaired)) == ("My answer:" in text)


def test_all_code_in_fences_is_the_answer() -> None:
    notebook = Notebook()
    source = "```\nimport math\n```\nthen\n```python\n" + mini.SQUARE + "\n```"
    notebook["square"].update(cell_type="markdown", source=source)
    assert answers(notebook.repaired())["square"] == f"import math\n\n{mini.SQUARE}"


@pytest.mark.parametrize("text", FENCES.values(), ids=FENCES.keys())
def test_a_fence_below_the_untouched_cell_fills_it(text: str) -> None:
    notebook = Notebook({**mini.ANSWERS, "square": mini.STUB})
    notebook.cells.insert(notebook.at("square") + 1, student(text, "markdown"))
    assert answers(notebook.repaired())["square"] == mini.SQUARE


def test_a_fence_in_the_cell_with_the_task_runs_before_the_test() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": mini.STUB})
    notebook["task_square"]["source"] += f"\n\n{FENCES['backticks']}"
    repaired = notebook.repaired()
    assert repaired.notebook is not None
    code = [cell.source for cell in repaired.notebook.cells if cell.cell_type == "code"]
    assert code.index(mini.SQUARE) < code.index(mini.STUB)


def test_a_fence_in_the_cell_with_the_task_stays_text_beside_an_answer() -> None:
    notebook = Notebook()
    notebook["task_square"]["source"] += f"\n\n{FENCES['tildes']}"
    repaired = notebook.repaired()
    assert [cell for cell in order(repaired) if cell in OURS] == OURS
    assert mini.SQUARE not in order(repaired)


@pytest.mark.parametrize("kind", ["code", "raw"])
def test_a_written_answer_turned_into_another_type_is_text_again(kind: str) -> None:
    notebook = Notebook()
    notebook["observe"]["cell_type"] = kind
    assert answers(notebook.repaired()) == mini.ANSWERS


@pytest.mark.parametrize("kind", ["markdown", "raw", "heading", "odd"])
def test_a_test_turned_into_text_is_a_test_again(kind: str) -> None:
    notebook = Notebook()
    notebook["test_square"]["cell_type"] = kind
    assert answers(notebook.repaired()) == mini.ANSWERS


# --- relabelled cells


def test_labels_lost_ids_kept() -> None:
    notebook = Notebook()
    for cell in notebook.cells:
        cell["metadata"] = {}
    repaired = notebook.repaired()
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == []


def test_labels_and_ids_lost() -> None:
    notebook = Notebook()
    notebook.content["cells"] = [student(cell["source"], cell["cell_type"]) for cell in notebook.cells]
    notebook.cells = notebook.content["cells"]
    repaired = notebook.repaired()
    assert answers(repaired) == mini.ANSWERS
    assert order(repaired) == OURS
    assert repaired.repairs == ["Answers that stood in cells without a label were recognised: square, scale, observe."]


def test_labels_lost_and_only_one_exercise_answered() -> None:
    notebook = Notebook({"scale": mini.SCALE})
    notebook.content["cells"] = [student(cell["source"], cell["cell_type"]) for cell in notebook.cells]
    repaired = repair(mini.submission(notebook.content), LAB, LIMITS)
    assert answers(repaired) == {"square": mini.STUB, "scale": mini.SCALE, "observe": mini.WRITTEN_STUB}
    assert order(repaired) == OURS


def test_everything_typed_anew_in_an_empty_notebook() -> None:
    notebook = Notebook()
    notebook.content["cells"] = [student("import numpy as np"), student(mini.SCALE), student(mini.SQUARE)]
    repaired = repair(mini.submission(notebook.content), LAB, LIMITS)
    assert answers(repaired)["square"] == mini.SQUARE
    assert answers(repaired)["scale"] == mini.SCALE


def test_labels_of_two_answers_swapped_by_pasting_into_the_wrong_cells() -> None:
    notebook = Notebook()
    notebook["square"]["source"], notebook["scale"]["source"] = mini.SCALE, mini.SQUARE
    repaired = notebook.repaired()
    assert answers(repaired)["square"] == mini.SCALE  # as in the student's own kernel: scale is there, square is late


def test_a_tests_label_on_an_answer_makes_it_no_test() -> None:
    notebook = Notebook()
    notebook["square"]["metadata"]["nbgrader"]["grade_id"] = "test_square"
    notebook.cells.remove(notebook["test_square"])
    assert answers(notebook.repaired()) == mini.ANSWERS


def test_an_answer_in_a_cell_of_its_own_where_the_deleted_one_stood() -> None:
    notebook = Notebook()
    place = notebook.at("square")
    notebook.cells[place : place + 1] = [student("hint = 1"), student(mini.SQUARE)]
    repaired = notebook.repaired()
    assert answers(repaired)["square"] == mini.SQUARE
    assert order(repaired)[:4] == ["setup", "hint = 1", "square", "test_square"]


def test_an_answer_below_its_untouched_cell_stays_there_and_counts() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": mini.STUB})
    notebook.cells.insert(notebook.at("square") + 1, student(mini.SQUARE))
    repaired = notebook.repaired()
    assert order(repaired)[:4] == ["setup", "square", mini.SQUARE, "test_square"]


def test_an_answer_at_the_end_of_the_notebook_fills_its_untouched_cell() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": mini.STUB})
    notebook.cells.append(student(mini.SQUARE))
    repaired = notebook.repaired()
    assert answers(repaired)["square"] == mini.SQUARE
    assert order(repaired) == OURS


@pytest.mark.parametrize("left", [mini.STUB, "# see above"])
def test_an_answer_further_up_that_others_build_on_stays_where_it_runs(left: str) -> None:
    early = f"def helper(x):\n    return x * x\n\n{mini.SCALE}"
    notebook = Notebook({**mini.ANSWERS, "square": "def square(x):\n    return helper(x)", "scale": left})
    notebook.cells.insert(notebook.at("square"), student(early))
    repaired = notebook.repaired()
    assert order(repaired) == ["setup", early, *OURS[1:]]
    assert answers(repaired)["scale"] == left
    assert repaired.repairs == []


def test_an_answer_further_up_stays_there_also_when_its_own_cell_is_gone() -> None:
    notebook = Notebook()
    notebook.cells.remove(notebook["scale"])
    notebook.cells.insert(notebook.at("square"), student(mini.SCALE))
    assert order(notebook.repaired()) == ["setup", mini.SCALE, *OURS[1:]]


def test_a_written_answer_below_its_untouched_cell_is_put_where_it_is_graded() -> None:
    notebook = Notebook({**mini.ANSWERS, "observe": mini.WRITTEN_STUB})
    notebook.cells.append(student("It grows.", "markdown"))
    assert answers(notebook.repaired())["observe"] == "It grows."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(x):\n    y = 1\nclass C: pass\nasync def g(): ...", "f C g"),
        ("a = 1\nb, c = 2, 3\nd: float = 4\n e = 5", "a b c d"),
        ("fig, (left, right) = plt.subplots(1, 2)\n[p, *q] = r", "fig left right p q"),
        ("print(a, b=3)\nx == 1\nx += 1\nx[0] = 1\nx.y = 1\nif z: w = 1", ""),
        ("def f(x)\n  retrun x\n%time y = 1\nz = (", "f z"),
    ],
)
def test_names_are_found_in_right_and_in_broken_code(text: str, names: str) -> None:
    assert assigned_names(text) == frozenset(names.split())


# --- edits to what is ours


def test_an_edited_test_is_ours_again() -> None:
    notebook = Notebook()
    notebook["test_square"]["source"] = notebook["test_square"]["source"].replace("9", "10")
    repaired = notebook.repaired()
    assert order(repaired) == OURS
    assert repaired.repairs == ["Changes to cells that are not for answers were set aside: test_square."]


def test_an_answer_written_above_the_asserts_of_a_test_counts() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": mini.STUB})
    notebook["test_square"]["source"] = mini.SQUARE + "\n\n" + notebook["test_square"]["source"]
    repaired = notebook.repaired()
    assert order(repaired)[:4] == ["setup", "square", mini.SQUARE, "test_square"]


def test_an_answer_in_the_place_of_a_tests_text_counts() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": mini.STUB})
    notebook["test_square"]["source"] = mini.SQUARE
    repaired = notebook.repaired()
    assert order(repaired)[:4] == ["setup", "square", mini.SQUARE, "test_square"]


def test_lines_added_to_the_setup_run_after_ours_and_changed_ones_do_not() -> None:
    notebook = Notebook()
    notebook["setup"]["source"] = "import numpy as np\nimport math\n\nbase = 99\n"
    repaired = notebook.repaired()
    assert order(repaired)[:3] == ["setup", "import math", "square"]
    assert repaired.repairs == ["Changes to cells that are not for answers were set aside: setup."]


def test_a_play_cell_is_as_the_student_has_it() -> None:
    notebook = Notebook()
    notebook["play"]["source"] = "factor = 50"
    repaired = notebook.repaired()
    assert repaired.notebook is not None
    assert next(cell for cell in repaired.notebook.cells if cell.id == "play").source == "factor = 50"
    assert repaired.repairs == []


def test_notes_written_into_our_prose_are_kept_beside_it() -> None:
    notebook = Notebook()
    notebook["task_square"]["source"] += "\n\nNote to self: mind the sign."
    repaired = notebook.repaired()
    assert "Note to self: mind the sign." in order(repaired)


def test_blank_cells_are_dropped() -> None:
    notebook = Notebook()
    notebook.cells += [student(""), student("   \n"), student("", "markdown")]
    assert order(notebook.repaired()) == OURS


# --- more than any student writes


def test_too_many_cells_are_bounded_and_told() -> None:
    notebook = Notebook()
    notebook.cells += [student("x = 1")] * 5000
    repaired = notebook.repaired()
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == ["The notebook has 5012 cells; only the first 2000 were read."]


def test_blank_cells_do_not_count() -> None:
    notebook = Notebook()
    notebook.cells[1:1] = [student("") for _ in range(2500)]
    repaired = notebook.repaired()
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == []


def test_an_endless_cell_is_left_out_and_told() -> None:
    notebook = Notebook()
    notebook.cells.append(student("x = 1\n" * 1_000_000))
    repaired = notebook.repaired()
    assert repaired.repairs == ["Cell 13 is too long (6000000 characters) and was left out."]
    assert answers(repaired) == mini.ANSWERS


def test_an_endless_answer_is_no_0() -> None:
    notebook = Notebook({**mini.ANSWERS, "square": f"data = '{'x' * 1_100_000}'\n{mini.SQUARE}"})
    problem = repair(mini.submission(notebook.content), LAB, LIMITS).problem
    assert problem is not None
    assert problem.startswith("The cell for square is too long (1100")
