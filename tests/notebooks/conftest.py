"""The built notebooks, and nbval run on one of them."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from coursebuild.notebook import GOES_ON

ROOT = Path(__file__).parents[2]
LABS = sorted(path.stem for path in (ROOT / "labs").glob("[0-9]*.py"))
EDITIONS = ["", *sorted(path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "editions").glob("*/release"))]
"""Where the built notebooks are: here, and in the folder of each other language."""
PATHS = {
    "source": "source/{0}/{0}.ipynb",
    "release": "release/{0}/{0}.ipynb",
    "inclass": "notebooks/{0}_in_class.ipynb",
}


def read(kind: str, lab: str, edition: str = "") -> NotebookNode:
    """A built notebook; kind is source, release or inclass."""
    notebook: NotebookNode = nbformat.read(ROOT / edition / PATHS[kind].format(lab), as_version=4)
    return notebook


def lay_out(notebook: NotebookNode, lab: str, folder: Path, edition: str = "") -> Path:
    """Write a notebook and what lies beside it, such that a cell that raises fails; returns the notebook's path."""
    strict = copy.deepcopy(notebook)
    for cell in strict.cells:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag != GOES_ON]
        cell.metadata.pop("tags", None)
        if tags:
            cell.metadata["tags"] = tags
    shutil.copytree(
        ROOT / edition / "source" / lab, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.ipynb", "__*__")
    )
    path = folder / f"{lab}.ipynb"
    nbformat.write(strict, path)
    return path


def nbval(path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Execute a notebook where it lies, with more environment variables, and compare what its marked cells print."""
    command = [sys.executable, "-m", "pytest", "-p", "nbval.plugin", "--nbval-lax", "--nbval-current-env"]
    options = ["--nbval-cell-timeout=120", "-p", "no:cacheprovider", "--color=no", "--quiet"]
    options += [f"--rootdir={path.parent}", "-c", os.devnull]
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # other plug-ins take longer to load than this one and a kernel
    return subprocess.run(
        [*command, *options, path.name],
        cwd=path.parent,
        env={**os.environ, **alone, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(params=EDITIONS, ids=lambda folder: Path(folder).name or "en")
def edition(request: pytest.FixtureRequest) -> str:
    """The folder of each language in turn."""
    folder: str = request.param
    return folder


@pytest.fixture(params=LABS)
def lab(request: pytest.FixtureRequest) -> str:
    """Each lab's name in turn."""
    name: str = request.param
    return name
