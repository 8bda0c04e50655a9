"""The site of static files: what is in it, what its kernel loads, and what is refused. Its use: tests/browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("jupyterlite_pyodide_kernel", reason='JupyterLite is not installed: pip install -e ".[site]"')

from autograder.course.config import load_course
from autograder.model.errors import CourseError
from autograder.publish import site
from autograder.publish.browser import Needs, needs
from autograder.publish.contents import Contents, gather

ROOT = Path(__file__).parents[3]
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
CELL: dict[str, object] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "id": "a"}


def contents(code: str = "import numpy", **modules: str) -> Contents:
    """A lab of one cell, and modules beside it."""
    notebook = {"cells": [{**CELL, "source": code}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    made = Contents(files={"release/mini/mini.ipynb": json.dumps(notebook).encode(), "README.md": b"Install it."})
    made.files |= {f"release/mini/{name}.py": text.encode() for name, text in modules.items()}
    made.labs = dict.fromkeys((name for name in made.files if name != "README.md"), "mini")
    return made


def pyodide(folder: Path, *packages: str, python: str = "3.14.2") -> Path:
    """A folder that looks like a Pyodide."""
    folder.mkdir()
    (folder / "pyodide.mjs").touch()
    for name in packages:
        (folder / f"{name}.whl").touch()
    lock = {"info": {"python": python}, "packages": {name: {"file_name": f"{name}.whl"} for name in packages}}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))
    return folder


def test_what_the_course_imports() -> None:
    """Its sliders are no part of Pyodide, and `given.py` imports before any cell has made Pyodide load anything."""
    course = load_course(ROOT)
    found = needs(gather(course, course.lab_names(), []))
    assert found.compiled == {"numpy", "matplotlib", "pandas", "scikit-learn"}
    assert found.at_start == ("matplotlib", "numpy", "pandas")
    assert found.pure == ("comm", "ipywidgets", "jupyterlab-widgets")


def test_own_modules_and_magics_are_no_packages() -> None:
    """A module beside the notebook wins over an installed package of its name; a broken cell does not matter."""
    found = needs(contents("%matplotlib inline\nimport pytest_like, numpy", pytest_like="import pandas", numpy="x = 1"))
    assert found == Needs(frozenset({"pandas"}), ("pandas",), ("comm",))
    assert needs(contents("def (")).compiled == set()


@pytest.mark.slow(seconds=12)
def test_site(tmp_path: Path) -> None:
    """The folder of a Pyodide is copied; an earlier site is replaced; nothing else is left."""
    made = contents("import numpy\nimport ipywidgets", given="import pandas")
    there = pyodide(tmp_path / "pyodide", "numpy", "pandas")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "jupyter-lite.json").touch()
    assert site.write_site(made, tmp_path / "site", "Labs & more", str(there)) == []
    assert {path.name for path in tmp_path.iterdir()} == {"pyodide", "site"}
    files = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*")}
    assert {"files/release/mini/mini.ipynb", "files/release/mini/given.py", "static/pyodide/numpy.whl"} <= files
    assert not {name for name in files if "README" in name or "nbgrader" in name}
    config = json.loads((tmp_path / "site/jupyter-lite.json").read_text())["jupyter-config-data"]
    settings = config["litePluginSettings"][KERNEL]
    assert settings["pyodideUrl"] == "./static/pyodide/pyodide.mjs"
    first, *wheels = settings["loadPyodideOptions"]["packages"]
    assert first == "pandas"
    assert {wheel.removeprefix("../../../../") for wheel in wheels} == {
        name for name in files if name.startswith("pypi/") and name.endswith(".whl")
    }
    copied = json.loads((tmp_path / "site/files/release/mini/mini.ipynb").read_text())
    assert copied["metadata"]["language_info"] == {"name": "python"}  # else JupyterLite asks which kernel to take
    page = (tmp_path / "site/index.html").read_text()
    assert "<h1>Labs &amp; more</h1>" in page
    assert '<a href="lab/index.html?path=release/mini/mini.ipynb">' in page


def test_an_old_pyodide_is_mentioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(lite: Path, made: Path, extensions: list[str]) -> None:
        made.mkdir()
        (made / "jupyter-lite.json").write_text('{"jupyter-config-data": {}}')

    monkeypatch.setattr(site, "_build", build)
    there = pyodide(tmp_path / "pyodide", "numpy", python="3.12.7")
    (said,) = site.write_site(contents(), tmp_path / "site", "Labs", str(there))
    assert "runs Python 3.12.7, and the installed jupyterlite-pyodide-kernel asks for >=" in said


FULL = "https://example.org/pyodide/pyodide.mjs"


@pytest.mark.parametrize("address", [FULL, "https://example.org/pyodide/", "https://example.org/pyodide"])
def test_address(address: str) -> None:
    assert site._address(address) == FULL


@pytest.mark.parametrize("address", ["ftp://example.org/pyodide", "https://", "https://example.org/?a=b"])
def test_no_address(address: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is no address of a Pyodide: give"):
        site.write_site(contents(), tmp_path / "site", "Labs", address)


def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence each, and nothing is written."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").touch()
    core = pyodide(tmp_path / "core")
    for folder, python, said in (
        ("mine", "", "mine exists already, and is no earlier site: remove it, or name another folder."),
        ("site", str(tmp_path / "mine"), "mine is no Pyodide: unpack pyodide-VERSION.tar.bz2 and name the folder"),
        ("site", str(core), "core has no numpy, which the labs import: take the full distribution"),
    ):
        with pytest.raises(CourseError, match=said):
            site.write_site(contents(), tmp_path / folder, "Labs", python)
    monkeypatch.setattr(site, "find_spec", lambda name: None)
    with pytest.raises(CourseError, match="which is not installed: install it with `pip install jupyterlite-core jup"):
        site.write_site(contents(), tmp_path / "site", "Labs", "")
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "core"}
