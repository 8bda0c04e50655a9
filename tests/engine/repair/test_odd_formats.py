"""Every encoding, format version and malformed part that a notebook file can have."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest

from autograder.model.limits import Limits
from autograder.model.record import Submission
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair import Repaired, repair
from tests.engine.fixtures import mini_lab as mini
from tests.engine.repair.test_odd_files import answers

LAB = parse_lab(mini.mini_lab())
LIMITS = Limits()
TEXT = json.dumps(mini.answered({**mini.ANSWERS, "observe": "Größer: 2 → 4 ∎"}), ensure_ascii=False)


def hand_in(content: dict[str, Any] | str | bytes) -> Repaired:
    """Repair a submission that holds just this notebook."""
    repaired = repair(mini.submission(content), LAB, LIMITS)
    if repaired.notebook is not None:
        nbformat.validate(repaired.notebook)
    return repaired


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_any_encoding_is_read(encoding: str) -> None:
    assert answers(hand_in(TEXT.encode(encoding)))["observe"] == "Größer: 2 → 4 ∎"


def test_a_windows_code_page_is_read_and_told() -> None:
    text = json.dumps(mini.answered({**mini.ANSWERS, "observe": "Größer"}), ensure_ascii=False)
    repaired = hand_in(text.encode("windows-1252"))
    assert answers(repaired)["observe"] == "Größer"
    assert repaired.repairs == ["The file is not UTF-8 text; it was read as WINDOWS-1252."]


def test_one_stray_byte_does_not_spoil_the_rest() -> None:
    text = json.dumps(mini.answered({**mini.ANSWERS, "square": "β = b", "observe": "GRÖSSER"}), ensure_ascii=False)
    repaired = hand_in(text.encode().replace("Ö".encode(), b"\xd6"))
    assert answers(repaired)["square"] == "β = b"
    assert answers(repaired)["observe"] == "GRÖSSER"
    assert repaired.repairs == ["Bytes of the file that are not UTF-8 text (1) were read as WINDOWS-1252."]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_line_ends_change_nothing(ends: str) -> None:
    notebook = mini.answered()
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", ends)
    repaired = hand_in(json.dumps(notebook, indent=1).replace("\n", ends))
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == []


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@pytest.mark.parametrize("form", [lines, str.splitlines])
def test_source_as_a_list_of_lines_is_joined(form: Any) -> None:
    notebook = mini.answered()
    for cell in notebook["cells"]:
        cell["source"] = form(cell["source"])
    assert answers(hand_in(notebook)) == mini.ANSWERS


@pytest.mark.parametrize("broken", [None, 5, {"a": 1}, [1, None], True])
@pytest.mark.parametrize("key", ["outputs", "execution_count", "id", "attachments", "cell_type", "metadata"])
def test_a_part_of_a_wrong_type_costs_no_other_answer(key: str, broken: Any) -> None:
    notebook = mini.answered()
    for cell in notebook["cells"]:
        if cell["id"] != "square":
            cell[key] = broken
    repaired = hand_in(notebook)
    assert answers(repaired)["square"] == mini.SQUARE
    assert answers(repaired)["scale"] == mini.SCALE


@pytest.mark.parametrize("broken", [None, 5, {"a": 1}, [1, None], True, ...])
@pytest.mark.parametrize("cell_id", ["square", "observe", "title", "test_square"])
def test_a_text_of_a_wrong_type_is_no_problem_outside_answers_and_no_0_in_them(cell_id: str, broken: Any) -> None:
    notebook = mini.answered()
    cell = next(cell for cell in notebook["cells"] if cell["id"] == cell_id)
    cell["source"] = broken
    if broken is ...:
        del cell["source"]
    repaired = hand_in(notebook)
    if cell_id in mini.ANSWERS:
        assert repaired.problem == (
            f"The cell for {cell_id} has no text that can be read. Fix it in Jupyter and hand in mini.ipynb again."
        )
    else:
        assert answers(repaired) == mini.ANSWERS


@pytest.mark.parametrize("key", ["outputs", "execution_count", "id", "metadata", "cell_type"])
def test_a_missing_part_costs_nothing(key: str) -> None:
    notebook = mini.answered()
    for cell in notebook["cells"]:
        cell.pop(key, None)
    assert answers(hand_in(notebook)) == mini.ANSWERS


@pytest.mark.parametrize("value", [None, 3, [], {"nbgrader": 5}, {"nbgrader": {"grade_id": 7}}])
def test_odd_metadata_costs_nothing(value: Any) -> None:
    notebook = mini.answered()
    for cell in notebook["cells"]:
        cell["metadata"] = value
    assert answers(hand_in(notebook)) == mini.ANSWERS


def test_cells_that_are_no_cells_are_left_out_and_told() -> None:
    notebook = mini.answered()
    notebook["cells"][5:5] = [None, 3, "x", []]
    repaired = hand_in(notebook)
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == ["4 of the notebook's cells could not be read and were left out."]


def test_a_notebook_none_of_whose_cells_can_be_read_is_not_gradable() -> None:
    """Its answers may be there in another form: nobody knows that nothing was answered."""
    notebook = mini.answered()
    notebook["cells"] = [[cell] for cell in notebook["cells"]]
    repaired = hand_in(notebook)
    assert repaired.notebook is None
    assert "none of its cells can be read" in (repaired.problem or "")


def version_3(notebook: dict[str, Any]) -> dict[str, Any]:
    """The same notebook as Jupyter's predecessor wrote it."""
    cells = copy.deepcopy(notebook["cells"])
    for cell in cells:
        del cell["id"]
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"] = "python"
    cells.insert(0, {"cell_type": "heading", "level": 2, "source": "My heading", "metadata": {}})
    return {"worksheets": [{"cells": cells[:6]}, {"cells": cells[6:]}], "nbformat": 3, "nbformat_minor": 0}


def test_format_version_3_is_read_and_told() -> None:
    repaired = hand_in(version_3(mini.answered()))
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == ["The notebook is in format version 3; it was brought to version 4."]
    assert repaired.notebook is not None
    assert repaired.notebook.cells[0].source == "## My heading"


@pytest.mark.parametrize(("major", "minor"), [(4, 0), (4, 4), (4, 5), (4, 9), ("4", None), (None, None)])
def test_other_versions_of_format_4_are_read(major: Any, minor: Any) -> None:
    notebook = mini.answered() | {"nbformat": major, "nbformat_minor": minor}
    for cell in notebook["cells"]:
        del cell["id"]
    assert answers(hand_in(notebook)) == mini.ANSWERS


@pytest.mark.parametrize("tail", ["\0\0\0", "\n\n", "}", "{}", '{"cells": []}', "garbage"])
def test_what_follows_the_notebooks_data_is_ignored(tail: str) -> None:
    assert answers(hand_in(json.dumps(mini.answered()) + tail)) == mini.ANSWERS


def test_repeated_keys_and_nan_are_read_as_jupyter_reads_them() -> None:
    text = json.dumps(mini.answered())
    text = text.replace('"nbformat": 4', '"nbformat": 3, "odd": NaN, "odder": -Infinity, "nbformat": 4', 1)
    assert answers(hand_in(text)) == mini.ANSWERS


def test_an_endless_number_is_no_reason_to_fail() -> None:
    text = json.dumps(mini.answered()).replace('"execution_count": null', '"execution_count": ' + "9" * 9000)
    assert answers(hand_in(text)) == mini.ANSWERS


def test_characters_that_no_file_can_hold_are_replaced() -> None:
    text = json.dumps(mini.answered({**mini.ANSWERS, "observe": "PLACE"})).replace("PLACE", "a\\ud800b\\u0000c")
    assert answers(hand_in(text))["observe"] == "a\ufffdbc"


def test_foreign_kernel_and_odd_notebook_metadata_are_ours_again() -> None:
    notebook = mini.answered() | {"metadata": {"kernelspec": {"name": "ir", "language": "R"}, "widgets": {"a": "b"}}}
    repaired = hand_in(notebook)
    assert repaired.notebook is not None
    assert repaired.notebook.metadata == mini.release_notebook()["metadata"]
    assert answers(repaired) == mini.ANSWERS


def test_outputs_and_tags_of_the_student_are_dropped() -> None:
    notebook = mini.answered()
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "remove_cell"]
        if cell["cell_type"] == "code":
            cell["execution_count"] = 99
            cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}}]
    repaired = hand_in(notebook)
    assert repaired.notebook is not None
    for cell in repaired.notebook.cells:
        assert "tags" not in cell.metadata
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_pictures_of_a_written_answer_are_kept_and_active_content_is_not() -> None:
    notebook = mini.answered()
    notebook["cells"][-1]["attachments"] = {
        "sketch.png": {"image/png": "iVBORw0KGgo="},
        "evil.svg": {"image/svg+xml": "<svg onload=alert(1)>"},
        "evil.html": {"text/html": "<script>"},
        "broken.png": {"image/png": ["x"]},
        "not64.png": {"image/png": '"><script>'},
    }
    repaired = hand_in(notebook)
    assert repaired.notebook is not None
    assert repaired.notebook.cells[-1].attachments == {"sketch.png": {"image/png": "iVBORw0KGgo="}}


def test_pictures_too_large_are_left_out_and_told() -> None:
    notebook = mini.answered()
    notebook["cells"][-1]["attachments"] = {"huge.png": {"image/png": "A" * 20_000_000}}
    repaired = hand_in(notebook)
    assert repaired.repairs == ["The pictures attached to cell 12 are too large and were left out."]
    assert answers(repaired) == mini.ANSWERS


@pytest.mark.parametrize("key", ["code", "content", "input_text"])
@pytest.mark.parametrize("version", [1, 6, "6"])
def test_a_format_without_readable_cells_is_not_gradable(key: str, version: Any) -> None:
    """A format older or newer than any that is known: its answers are there, and nobody could read them."""
    notebook = mini.answered()
    for cell in notebook["cells"]:
        cell[key] = cell.pop("source")
        cell["metadata"] = {}
        cell.pop("id")
    repaired = hand_in({**notebook, "nbformat": version})
    assert repaired.notebook is None
    assert "is a notebook in a format" in (repaired.problem or "")
    assert "open it in Jupyter, save it" in (repaired.problem or "")


def test_an_empty_list_of_cells_beside_the_worksheets() -> None:
    """The worksheets hold the cells."""
    notebook = mini.answered()
    sheets = [{"cells": notebook["cells"]}]
    assert answers(hand_in({**notebook, "cells": [], "worksheets": sheets, "nbformat": 3})) == mini.ANSWERS


def test_an_unanswered_notebook_beside_an_unreadable_one_is_not_gradable() -> None:
    """The work may be in the one that could not be read."""
    files = {"mini (1).ipynb": b"{", "mini.ipynb": json.dumps(mini.answered({})).encode()}
    repaired = repair(Submission("ada", mini.LAB, files), LAB, LIMITS)
    assert repaired.notebook is None
    assert "mini (1).ipynb is damaged" in (repaired.problem or "")
    files["mini.ipynb"] = json.dumps(mini.answered()).encode()
    assert repair(Submission("ada", mini.LAB, files), LAB, LIMITS).notebook is not None
