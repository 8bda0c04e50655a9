"""What the students' page says about grading is what the engine does."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from autograder.model.limits import Limits
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")


def test_the_limits_of_time_are_the_default_ones() -> None:
    limits = Limits()
    assert f"A cell may take {limits.cell_seconds:.0f} seconds" in PAGE
    assert f"a whole notebook {limits.total_seconds / 60:.0f} minutes" in PAGE


def test_the_tools_that_students_hide_are_those_of_nbgrader() -> None:
    """Under the names that its extension has in JupyterLab; containers hide the same ones."""
    command = re.compile(r"jupyter labextension disable (.+)")
    hidden = command.findall(PAGE)
    assert len(hidden) == 2, "once for each kind of shell"
    for other in ("Dockerfile", "binder/postBuild"):
        hidden += command.findall((ROOT / other).read_text(encoding="utf-8"))
    assert len(hidden) == 4
    assert len(set(hidden)) == 1
    bundles = Path(sys.prefix, "share/jupyter/labextensions/@jupyter/nbgrader/static").glob("*.js")
    shipped = "".join(bundle.read_text(encoding="utf-8") for bundle in bundles)
    plugins = re.findall(r'"([^"]+)"', hidden[0])
    assert len(plugins) == 3
    assert all(f'"{plugin}"' in shipped for plugin in plugins)
