"""Everything that the build reads, as one value. Only this module reads the authored files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from coursebuild.locale.languages import Edition, read_editions
from coursebuild.problem import BuildError, Problem

_LAB_NAME = re.compile(r"[0-9](?:[\w.-]{0,98}\w)?", re.ASCII)
NOTE = """**In-class copy, not graded.** The notebook that you hand in is `release/{lab}/{lab}.ipynb`.

Where a cell below an answer cell says `# %load ...`, it can fetch our answer. That is the last resort, after both
hints: remove the `#`, run the cell, and the answer appears in it; then run it **once more** to use the answer."""
"""First cell of an in-class copy, which says what it is."""
HANDOUTS = ("docs/students.md", "check_environment.py")
NO_JSON = "This file is made by the build and is no JSON any more, perhaps by a merge: delete it and build again."
LAB_NAMES = "Rename this lab: nbgrader needs a name of letters without accents, digits, and _ - . between them."


@dataclass(frozen=True)
class AuthoredCourse:
    """The authored part of a course.

    Attributes:
        labs: lab name -> text of ``labs/<lab>.py``.
        given: text of ``labs/given.py``, the functions that lie beside the notebooks.
        checks: module -> text of ``check/<module>.py``, the checks that students call.
        hidden: module -> text of ``hiddenchecks/<module>.py``, the hidden tests and the probes.
        solutions: exercise -> text of ``solutions/<exercise>.py``.
        written: exercise -> text of ``solutions/<exercise>.md``.
        mistakes: exercise -> name -> text of ``mistakes/<exercise>/<name>.py``.
        alternatives: the same for ``alternatives/``.
        pages: file name -> text of every ``labs/*.html``, which lie beside the notebooks that link to them.
        glossary: text of ``labs/glossary.csv``, the terms of the course.
        figures: file name -> content of every file in ``labs/figures/``.
        sealed: lab name -> content of ``source/<lab>/check/<lab>.json`` as it was built last, so that what took long is
            not done again.
        expected: lab name -> text of ``labs/expected/<lab>.txt``.
        handouts: path -> text of what students get beside the labs: their page, and the check of their computer.
        note: text of the first cell of an in-class copy.
        editions: language -> what is authored of the course in it.
        config: the settings of nbgrader_config.py.
    """

    labs: dict[str, str]
    given: str = ""
    checks: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    solutions: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, dict[str, str]] = field(default_factory=dict)
    alternatives: dict[str, dict[str, str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    glossary: str = ""
    figures: dict[str, bytes] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, dict[str, Any]] = field(default_factory=dict)
    handouts: dict[str, str] = field(default_factory=dict)
    note: str = NOTE
    editions: dict[str, Edition] = field(default_factory=dict)
    config: Config = field(default_factory=Config)

    @property
    def code_stub(self) -> str:
        """The text of an answer cell before the student writes."""
        stub: Any = self.config.ClearSolutions.code_stub["python"]
        return str(stub)

    @property
    def text_stub(self) -> str:
        """The text of a written question's cell before the student writes."""
        stub: Any = self.config.ClearSolutions.text_stub
        return str(stub)


def read_course(root: Path) -> AuthoredCourse:
    """Read the authored files below `root`.

    Raises:
        BuildError: there is no lab or no nbgrader_config.py, a lab has a name that nbgrader cannot hold, a file is not
            UTF-8 text, or a sealed catalogue is no JSON.
    """
    if not (root / "nbgrader_config.py").is_file():
        raise BuildError(
            [Problem("nbgrader_config.py", 1, "There is no such file: run the build in the course's root folder.")]
        )
    labs = _texts(root, "labs", "[0-9]*.py")
    if not labs:
        raise BuildError(
            [Problem("labs", 1, "There is no lab in this folder: a lab is a file like labs/01_single_neuron.py.")]
        )
    unfit = [Problem(f"labs/{name}.py", 1, LAB_NAMES) for name in labs if not _LAB_NAME.fullmatch(name)]
    if unfit:
        raise BuildError(unfit)
    given = root / "labs" / "given.py"
    glossary = root / "labs" / "glossary.csv"
    return AuthoredCourse(
        labs=labs,
        given=given.read_text(encoding="utf-8") if given.is_file() else "",
        checks=_texts(root, "check", "*.py"),
        hidden=_texts(root, "hiddenchecks", "*.py"),
        solutions={name: text for name, text in _texts(root, "solutions", "*.py").items() if name != "__init__"},
        written=_texts(root, "solutions", "*.md"),
        mistakes=_answers(root, "mistakes"),
        alternatives=_answers(root, "alternatives"),
        pages={f"{name}.html": text for name, text in _texts(root, "labs", "*.html").items()},
        glossary=glossary.read_text(encoding="utf-8") if glossary.is_file() else "",
        figures={path.name: path.read_bytes() for path in sorted((root / "labs" / "figures").glob("*.*"))},
        expected=_texts(root, "labs/expected", "*.txt"),
        sealed=_sealed(root),
        handouts={name: (root / name).read_text(encoding="utf-8") for name in HANDOUTS if (root / name).is_file()},
        editions=read_editions(root),
        config=PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config(),
    )


def _answers(root: Path, folder: str) -> dict[str, dict[str, str]]:
    return {path.name: _texts(root, f"{folder}/{path.name}", "*.py") for path in sorted((root / folder).glob("*/"))}


def _sealed(root: Path) -> dict[str, dict[str, Any]]:
    found, problems = {}, []
    for name, text in _texts(root, "source", "*/check/*.json").items():
        try:
            found[name] = dict(json.loads(text))
        except (ValueError, TypeError):  # most often the markers of a merge
            problems.append(Problem(f"source/{name}/check/{name}.json", 1, NO_JSON))
    if problems:
        raise BuildError(problems)
    return found


def _texts(root: Path, folder: str, pattern: str) -> dict[str, str]:
    texts = {}
    for path in sorted((root / folder).glob(pattern)):
        try:
            texts[path.stem] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            problem = Problem(f"{folder}/{path.name}", 1, f"Save this file as UTF-8 text: {error}.")
            raise BuildError([problem]) from None
    return texts
