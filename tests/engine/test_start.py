"""Starting a command of the engine loads no more of nbgrader than it needs, and reads the settings all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.config import load_course
from tests.engine.fixtures import mini_course

LOADED = """
import sys
from pathlib import Path
import autograder.commands.cli, autograder.commands.grade
from autograder.course.config import load_course
course = load_course(Path(sys.argv[1]))
course.late_penalty()
course.lab("mini")
unused = {"jupyter_server", "nbconvert", "nbgrader.converters", "pandas", "setuptools", "requests", "arrow"}
print(course.coursedir.course_id, *unused & set(sys.modules))
import nbgrader.server_extensions.course_list
print(*{"jupyter_server"} & set(sys.modules))
import nbgrader.utils, zipfile
with zipfile.ZipFile(Path(sys.argv[1]) / "work.zip", "w") as archive:
    archive.writestr("work.txt", "")
(Path(sys.argv[1]) / "out").mkdir()
nbgrader.utils.unzip(sys.argv[1] + "/work.zip", sys.argv[1] + "/out")
print(*[path.name for path in (Path(sys.argv[1]) / "out").rglob("*.txt")], "setuptools" in sys.modules)
"""
PLUGIN = "from autograder.nbgrader_plugin import configure\nconfigure(c)\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course of one lab whose configuration is for nbgrader's commands, too."""
    mini_course.write_lab(tmp_path)
    with (tmp_path / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(PLUGIN)
    return tmp_path


def test_a_command_leaves_out_what_only_servers_and_converters_need(root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, str(root)], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["mini", "jupyter_server", "work.txt True", ""]


def test_outdated_sections_are_read_as_by_nbgrader(root: Path) -> None:
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(
            "c.NbGrader.submitted_directory = 'in'\ndel c.CourseDirectory['course_id']\nc.Exchange.course_id = 'old'"
        )
    course = load_course(root)
    assert (course.submitted, course.coursedir.course_id) == (root / "in", "old")


@pytest.mark.parametrize("section", ["IncludeHeaderFooter", "NbGraderPreprocessor"])
def test_a_header_counts_under_every_name_that_nbgrader_takes(root: Path, section: str) -> None:
    (root / "above.ipynb").write_text(
        '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": "Above"}],'
        ' "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'
    )
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.{section}.header = 'above.ipynb'")
    assert "Above" in load_course(root).lab("mini").source
