"""The build as a whole, on a made-up course: what it makes, and that it makes it again byte for byte."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from coursebuild.__main__ import main
from coursebuild.build import build
from coursebuild.course import AuthoredCourse, read_course

Change = Callable[[str, str, str], int]


def cells(text: str) -> dict[str, Any]:
    """Id -> cell; each code cell is valid Python."""
    made = nbformat.reads(text, as_version=4)
    for cell in made.cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)
    return {cell.id: cell for cell in made.cells}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("course")
    here = Path(__file__)
    shutil.copytree(here.parent / "fixtures" / "course", root, dirs_exist_ok=True)
    shutil.copy(here.parents[2] / "nbgrader_config.py", root)
    return build(read_course(root))


def test_source_has_answers_and_hidden_tests(built: dict[str, str]) -> None:
    text = built["source/01_lines/01_lines.ipynb"]
    source = cells(text)
    answer = 'def double(x):\n    """Twice x."""\n    twice = np.add(x, x)\n    return twice'
    assert source["double"].source == f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
    assert source["line"].source == "### BEGIN SOLUTION\ny = double(x)\n\nprint(y)\n### END SOLUTION"
    assert "from solutions.double import double as reference" in source["test_double"].source
    assert "1 point for" in source["observe"].source
    MetadataValidator().validate_nb(nbformat.reads(text, as_version=4))


def test_metadata(built: dict[str, str]) -> None:
    source = cells(built["source/01_lines/01_lines.ipynb"])
    assert source["test_line_values"].metadata == {
        "tags": ["raises-exception"],
        "autograder": {"role": "test", "exercise": "line", "part": "values"},
        "nbgrader": {
            "grade_id": "test_line_values",
            "grade": True,
            "solution": False,
            "locked": True,
            "task": False,
            "points": 0.5,
            "schema_version": 3,
        },
    }
    assert source["try_it"].metadata == {"tags": ["raises-exception"], "autograder": {"role": "play"}}
    assert source["task-line"].metadata == {"autograder": {"role": "prose", "exercise": "line"}}
    graded = {name: cell.metadata.nbgrader for name, cell in source.items() if "nbgrader" in cell.metadata}
    assert {name: (meta.grade, meta.solution, meta.locked) for name, meta in graded.items()} == {
        "setup": (False, False, True),
        "halves": (False, False, True),
        "double": (False, True, False),
        "test_double": (True, False, True),
        "line": (False, True, False),
        "test_line_shape": (True, False, True),
        "test_line_values": (True, False, True),
        "observe": (True, True, False),
    }
    assert sum(meta.get("points", 0) for meta in graded.values()) == 4.5


def test_functions_are_handed_out_as_text(built: dict[str, str]) -> None:
    for path in (
        "source/01_lines/01_lines.ipynb",
        "release/01_lines/01_lines.ipynb",
        "notebooks/01_lines_in_class.ipynb",
    ):
        assert cells(built[path])["setup"].source == (
            'import numpy as np\n\n\ndef halve(x):\n    """Half of x."""\n    return x / 2\n\n\nx = np.arange(3.0)'
        )
    assert cells(built["release/02_curves/02_curves.ipynb"])["setup"].source.startswith(
        "import numpy as np\n\n\ndef double(x):"
    )


def test_release_has_neither_answers_nor_hidden_tests(built: dict[str, str]) -> None:
    release = cells(built["release/01_lines/01_lines.ipynb"])
    assert release["double"].source == "# your code here"
    assert release["observe"].source == "*Write your answer here.*"
    assert release["test_double"].source.strip() == (
        'assert double(1) is not None, "double returned None: is there a return?"'
    )
    for path, text in built.items():
        if not path.startswith("source/") and "01_lines" in path:
            assert not any(word in text for word in ("SOLUTION", "HIDDEN", "reference", "twice = ", "straight"))
            assert not any(cell.get("outputs") for cell in cells(text).values())
    assert "%load" not in built["release/01_lines/01_lines.ipynb"]


@pytest.mark.slow(seconds=6)
def test_release_is_what_plain_nbgrader_makes(built: dict[str, str], tmp_path: Path) -> None:
    """Called by its path, without the virtual environment being activated."""
    shutil.copy(Path(__file__).parents[2] / "nbgrader_config.py", tmp_path)
    source = tmp_path / "source/01_lines/01_lines.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(built["source/01_lines/01_lines.ipynb"], encoding="utf-8")
    nbgrader = Path(sys.executable).with_name("nbgrader")
    environment = {"PATH": os.defpath, "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    subprocess.run([nbgrader, "generate_assignment", "01_lines"], cwd=tmp_path, env=environment, check=True)
    made = (tmp_path / "release/01_lines/01_lines.ipynb").read_text(encoding="utf-8")
    assert made.rstrip("\n") + "\n" == built["release/01_lines/01_lines.ipynb"]


def test_inclass_copy_has_a_load_after_each_answer(built: dict[str, str]) -> None:
    made = cells(built["notebooks/01_lines_in_class.ipynb"])
    names = list(made)
    assert made["double"].source == made["line"].source == "# your code here"
    assert names[names.index("double") + 1] == "load-double"
    assert made["load-double"].source == "# %load -s double ../solutions/double.py"
    assert made["load-line"].source == "# %load -r 10-12 ../solutions/line.py"
    assert cells(built["notebooks/02_curves_in_class.ipynb"])["load-square"].source == (
        "# %load -s product,square ../solutions/square.py"
    )
    assert made["observe"].source == "*Write your answer here.*"
    assert names.index("in-class") == 0
    assert "`release/01_lines/01_lines.ipynb`" in made["in-class"].source
    assert not any("nbgrader" in cell.metadata for cell in made.values())


def test_prose(built: dict[str, str]) -> None:
    source, inclass = (
        cells(built[path]) for path in ("source/01_lines/01_lines.ipynb", "notebooks/01_lines_in_class.ipynb")
    )
    assert "![A rising line](attachment:line.png)" in source["before-setup"].source
    assert list(source["before-setup"].attachments["line.png"]) == ["image/png"]
    assert "[lab 2](../02_curves/02_curves.ipynb)" in source["task-line"].source
    assert "[lab 2](02_curves_in_class.ipynb)" in inclass["task-line"].source


def test_a_page_lies_beside_the_notebooks_that_link_to_it(root: Path, change: Change) -> None:
    (root / "labs" / "symbols.html").write_text("<h1>Symbols</h1>\n", encoding="utf-8")
    change("labs/01_lines.py", "see [above](#Lines)", "see [the sheet](symbols.html)")
    built = build(read_course(root))
    assert "[the sheet](symbols.html)" in cells(built["notebooks/01_lines_in_class.ipynb"])["task-double"].source
    pages = {path for path in built if path.endswith("symbols.html")}
    assert pages == {f"{place}/symbols.html" for place in ("source/01_lines", "release/01_lines", "notebooks")}


def test_marked_cells_carry_what_they_print(built: dict[str, str]) -> None:
    cell = cells(built["source/01_lines/01_lines.ipynb"])["halves"]
    assert cell.metadata.tags == ["nbval-check-output", "raises-exception"]
    assert [output.text for output in cell.outputs] == ["half of 3 is 1.5\n"]
    assert cell.execution_count == 2


def test_nothing_of_this_machine(built: dict[str, str]) -> None:
    for text in built.values():
        assert text.endswith("}\n")
        assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python3"
        assert '"version"' not in text


def test_again_gives_the_same_bytes(course: AuthoredCourse, built: dict[str, str]) -> None:
    assert build(course) == built


def test_written_once_then_nothing_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "--check"]) == 1
    assert main(["--root", str(root)]) == 0
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*.ipynb")}
    assert len(before) == 6
    capsys.readouterr()
    assert main(["--root", str(root)]) == 0
    assert "Nothing to do" in capsys.readouterr().out
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*.ipynb")} == before
    assert main(["--root", str(root), "--check"]) == 0


def test_check_shows_the_lines_that_differ(root: Path, change: Change, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--root", str(root)])
    line = change("release/01_lines/01_lines.ipynb", "# your code here", "# your code there")
    capsys.readouterr()
    assert main(["--root", str(root), "--check"]) == 1
    said = capsys.readouterr().out
    assert f"release/01_lines/01_lines.ipynb:{line}: differs" in said
    assert "# your code there" in said
    assert "# your code here" in said


def test_a_lab_that_is_gone(root: Path, change: Change, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--root", str(root)])
    mine = root / "notebooks" / "mine.ipynb"
    mine.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    for path in ("labs/02_curves.py", "solutions/square.py"):
        (root / path).unlink()
    change("labs/01_lines.py", "Next: [lab 2](../02_curves/02_curves.ipynb).", "")
    assert main(["--root", str(root), "--check"]) == 1
    assert "notebooks/02_curves_in_class.ipynb: was built from a lab that no longer exists." in capsys.readouterr().out
    assert main(["--root", str(root)]) == 0
    assert not list(root.rglob("02_curves*"))
    assert mine.is_file()


def test_a_notebook_that_somebody_worked_in_is_kept(root: Path, change: Change) -> None:
    main(["--root", str(root)])
    change("notebooks/01_lines_in_class.ipynb", '"execution_count": null', '"execution_count": 3')
    worked = (root / "notebooks/01_lines_in_class.ipynb").read_bytes()
    assert main(["--root", str(root)]) == 0
    assert (root / "your_work/notebooks/01_lines_in_class.ipynb").read_bytes() == worked
    assert b'"execution_count": 3' not in (root / "notebooks/01_lines_in_class.ipynb").read_bytes()


@pytest.mark.slow(seconds=3)
def test_recording(root: Path, change: Change) -> None:
    change("labs/expected/01_lines.txt", "1.5", "1.6")
    assert main(["--root", str(root), "--record"]) == 0
    assert (root / "labs/expected/01_lines.txt").read_text().endswith("\n--- halves\nhalf of 3 is 1.5\n")
