"""nbval executes what was built: the instructor's notebooks, and the in-class ones as students may leave them."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.notebook.names import bound_names, free_names, plain_python
from coursebuild.answers import defined_names
from coursebuild.course import read_course
from coursebuild.inclass import expand_loads
from coursebuild.notebook import is_marked
from tests.notebooks.conftest import PATHS, ROOT, lay_out, nbval, read

pytestmark = [pytest.mark.slow(seconds=8), pytest.mark.spread]
SECONDS = 10  # of computing, for Restart and Run All of a solved lab, the kernel's start included
CLOCK = f"""
import time
import timeit
took = time.process_time()
loop = min(timeit.repeat("sum(range(1000))", timer=time.process_time, number=3000, repeat=5))
bound = {SECONDS} * max(1.0, loop / 0.04)  # 0.04 s on a quiet core; longer where others keep the machine busy
assert took < bound, f"{{took:.1f}} s of computing, not {{bound:.1f}}"
"""


def with_every_load(lab: str) -> NotebookNode:
    """The in-class notebook of a student who loads and runs every answer; marked cells are marked as in the source."""
    expanded = expand_loads(read("inclass", lab), read_course(ROOT))
    marked = {cell.id: cell for cell in read("source", lab).cells if is_marked(cell)}
    for cell in expanded.cells:
        if cell.id in marked:
            cell.update(marked[cell.id])
    return expanded


def test_source(lab: str, edition: str, tmp_path: Path) -> None:
    """Every cell runs, hidden tests too, and marked cells print the numbers that the prose speaks of."""
    path = lay_out(read("source", lab, edition), lab, tmp_path, edition)
    ran = nbval(path, PYTHONPATH=str(ROOT))  # hidden tests import the solutions
    assert ran.returncode == 0, ran.stdout


def test_inclass_with_every_answer_loaded(lab: str, tmp_path: Path) -> None:
    """Every cell runs where there is only the notebook, marked cells agree, and it takes no longer than it may."""
    notebook = with_every_load(lab)
    notebook.cells.append(new_code_cell(CLOCK, id="clock"))
    ran = nbval(lay_out(notebook, lab, tmp_path))
    assert ran.returncode == 0, ran.stdout


def test_untouched_inclass_fails_only_for_want_of_answers(lab: str, tmp_path: Path) -> None:
    """A cell fails if and only if it uses an answer, or what a failed cell would have made."""
    notebook = read("inclass", lab)
    missing = {name for load in _loads(lab) for name in defined_names(load)}
    lay_out(notebook, lab, tmp_path)
    executed = NotebookClient(
        copy.deepcopy(notebook), allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    for cell in executed.cells:
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if not errors:
            if cell.cell_type == "code":
                missing -= bound_names(cell.source)
            continue
        assert errors[0].ename == "NameError", f"{cell.id}: {errors[0].ename}: {errors[0].evalue}"
        assert errors[0].evalue.split("'")[1] in missing, f"{cell.id}: {errors[0].evalue}"
        missing |= bound_names(cell.source)
    failed = {cell.id for cell in executed.cells if any(out.output_type == "error" for out in cell.get("outputs", []))}
    tests = {cell.id for cell in notebook.cells if cell.id.startswith("test_") and cell.cell_type == "code"}
    answers = {cell.id.removeprefix("load-") for cell in notebook.cells if cell.id.startswith("load-")}
    assert failed >= tests - answers, "a test passes without an answer"


def _loads(lab: str) -> list[str]:
    return [cell.source for cell in with_every_load(lab).cells if cell.id.startswith("load-")]


def test_nbval_notices_a_number_that_drifts(tmp_path: Path) -> None:
    """The proof that comparing compares: a marked cell whose number is another one fails."""
    notebook = read("source", "01_single_neuron")
    cell = next(cell for cell in notebook.cells if cell.id == "overflow")
    notebook.cells = [cell]
    cell.source = f"import numpy as np\n{cell.source}"
    nbformat.write(notebook, tmp_path / "same.ipynb")
    cell.outputs[0].text = cell.outputs[0].text.replace("709.8", "709.9")
    nbformat.write(notebook, tmp_path / "drifted.ipynb")
    same, drifted = nbval(tmp_path / "same.ipynb"), nbval(tmp_path / "drifted.ipynb")
    assert same.returncode == 0, same.stdout
    assert drifted.returncode == 1
    assert "709.9" in drifted.stdout


@pytest.mark.parametrize("kind", ["release", "inclass"])
def test_nothing_ran_in_student_copies(lab: str, kind: str) -> None:
    """No outputs, no execution counts, no traces of a widget."""
    notebook = read(kind, lab)
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_every_cell_is_python(lab: str) -> None:
    """Also in the student copies, where an answer cell holds a comment only."""
    for kind in PATHS:
        for cell in read(kind, lab).cells:
            if cell.cell_type == "code":
                free_names(plain_python(cell.source))
