"""What goes to students: complete, the same bytes each time, and never with an answer or a hidden test."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.commands.cli import main
from autograder.files.zips import bad_name
from tests.engine.fixtures.mini_course import write_lab
from tests.engine.fixtures.mini_lab import PACKAGES, SQUARE, release_notebook, source_notebook

ROOT = Path(__file__).parents[3]
Run = Callable[..., tuple[int, str]]


def cell(source: str, kind: str = "code", **more: Any) -> dict[str, Any]:
    """A cell of a notebook."""
    outputs: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": f"c{abs(hash(source)) % 10**8}", "metadata": {}, "source": source} | outputs | more


def inclass() -> dict[str, Any]:
    """The in-class copy of the made-up lab."""
    notebook = release_notebook()
    cells = [{**each, "metadata": {}} for each in notebook["cells"]]
    loads = [cell("# %load -s square ../solutions/square.py"), cell("# %load -s scale ../solutions/scale.py")]
    return {**notebook, "cells": [*cells, *loads]}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course folder with two labs; the second one's set-up gives what the first one's answer makes."""
    root = tmp_path / "course"
    root.mkdir()
    write_lab(root)
    write(root / "notebooks/mini.ipynb", inclass())
    given = cell("import numpy as np\n\n" + SQUARE)
    second = {**source_notebook(), "cells": [given, cell("### BEGIN SOLUTION\ncube = square(x) * x\n### END SOLUTION")]}
    stripped = {**second, "cells": [given, cell("# your code here")]}
    write(root / "source/second/second.ipynb", second)
    for path in ("release/second/second.ipynb", "notebooks/second.ipynb"):
        write(root / path, stripped)
    (root / "requirements.txt").write_text("numpy\n")
    return root


def write(path: Path, notebook: dict[str, Any]) -> None:
    """Write a notebook as the build does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def add(path: Path, *cells: dict[str, Any]) -> None:
    """Add cells to a notebook file."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    write(path, {**notebook, "cells": [*notebook["cells"], *cells]})


@pytest.fixture
def publish(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``autograder publish``: exit status and all that it said."""

    def run(*arguments: object) -> tuple[int, str]:
        target = () if {"--zip", "--folder"} & set(arguments) else ("--zip", tmp_path / "students.zip")
        capsys.readouterr()
        status = main(["publish", *map(str, (*arguments, *target)), "--course-dir", str(course)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def names(path: Path) -> set[str]:
    """Names in the zip, without the folder that all lie in."""
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2] for name in archive.namelist()}


WITHOUT = {
    *("release/mini/mini.ipynb", "release/second/second.ipynb", "notebooks/mini.ipynb", "notebooks/second.ipynb"),
    *("requirements.txt", "README.md"),
}
ANSWERS = {"solutions/__init__.py", "solutions/square.py", "solutions/scale.py"}


def test_no_answers_by_default(publish: Run, tmp_path: Path) -> None:
    """The cells that would load answers are taken out, and the README says so."""
    status, said = publish()
    assert status == 0, said
    assert "Answers: none" in said
    assert "without %load cells, because their answers are not published: mini." in said
    assert names(tmp_path / "students.zip") == WITHOUT
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        assert b"%load" not in archive.read("students/notebooks/mini.ipynb")
        assert (
            "mini.ipynb`: for practice in class (answers follow later)" in archive.read("students/README.md").decode()
        )


def test_answers_of_named_labs(publish: Run, tmp_path: Path) -> None:
    """Only the modules that the named lab's copy loads."""
    assert publish("--answers", "mini")[0] == 0
    assert names(tmp_path / "students.zip") == WITHOUT | ANSWERS
    assert publish("--answers", "second")[0] == 0
    assert names(tmp_path / "students.zip") == WITHOUT | {"solutions/__init__.py"}


def test_the_same_bytes(publish: Run, tmp_path: Path) -> None:
    """Whenever it is made."""
    publish("--answers", "mini")
    first = (tmp_path / "students.zip").read_bytes()
    publish("--answers", "mini")
    assert (tmp_path / "students.zip").read_bytes() == first


def test_folder(publish: Run, tmp_path: Path) -> None:
    """A new folder holds the same; one that holds something is left alone."""
    assert publish("--folder", tmp_path / "out")[0] == 0
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")} == WITHOUT
    status, said = publish("--folder", tmp_path / "out")
    assert (status, said) == (
        2,
        f"autograder: {tmp_path / 'out'} exists already: remove it, or name another folder.\n",
    )


def test_links_to_pages_that_are_not_published_become_text(course: Path, publish: Run, tmp_path: Path) -> None:
    (course / "docs").mkdir()
    text = "# Welcome\n\nSee *[Grading](grading.md)*, [below](#what) and [the web](https://example.org).\n"
    (course / "docs" / "students.md").write_text(text)
    assert publish()[0] == 0
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        readme = archive.read("students/README.md").decode()
    assert "See *Grading*, [below](#what) and [the web](https://example.org)." in readme


def test_badges_where_the_address_is_known(course: Path, publish: Run, tmp_path: Path) -> None:
    """With what Binder reads; without the setting there is neither."""
    (course / "binder").mkdir()
    (course / "binder/runtime.txt").write_text("python-3.11")
    assert publish()[0] == 0
    assert names(tmp_path / "students.zip") == WITHOUT
    config = course / "nbgrader_config.py"
    before = config.read_text()
    config.write_text(f"{before}c.Publish.address = 'https://github.com/ada/course'\n")
    assert publish()[0] == 0
    assert names(tmp_path / "students.zip") == WITHOUT | {"binder/runtime.txt"}
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        assert "mybinder.org/v2/gh/ada/course/main" in archive.read("students/README.md").decode()
    config.write_text(f"{before}c.Publish.address = 'students'\n")
    status, said = publish()
    assert (status, said.count("\n")) == (2, 1)
    assert "c.Publish.address is 'students', which is no address of a public repository" in said


def test_a_page_keeps_its_links_to_what_is_published(course: Path, publish: Run, tmp_path: Path) -> None:
    (course / "docs").mkdir()
    lines = [
        "[here](../release/mini/mini.ipynb#cell-id=a)",
        "[not here](../release/none/none.ipynb)",
        "[web](https://a.org)",
    ]
    (course / "docs/terms.md").write_text("\n".join(lines))
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.Publish.files = ['docs/terms.md']\n")
    assert publish()[0] == 0
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        assert archive.read("students/docs/terms.md").decode().splitlines() == [lines[0], "not here", lines[2]]


def test_own_readme_and_files(course: Path, publish: Run, tmp_path: Path) -> None:
    """The course's page for students, and what its configuration names."""
    (course / "docs").mkdir()
    (course / "docs/students.md").write_text("# Welcome\n")
    (course / "data").mkdir()
    (course / "data/x.csv").write_text("1,2\n")
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.Publish.files = ['data']\n")
    assert publish()[0] == 0
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        assert archive.read("students/README.md").startswith(b"# Welcome\n\n## What is in this folder")
    assert names(tmp_path / "students.zip") == (WITHOUT | {"data/x.csv"}) - {"requirements.txt"}


RELEASE, INCLASS = "release/mini/mini.ipynb", "notebooks/mini.ipynb"


def answer_in(path: str) -> Callable[[Path], None]:
    """A line of the answer, spaced otherwise and with a comment."""
    return lambda root: add(root / path, cell("def square(x):\n    return np.asarray( x )**2   # elementwise"))


LEAKS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "answer in the release": (answer_in(RELEASE), RELEASE, "the answer to square (mini)"),
    "answer in the in-class copy": (answer_in(INCLASS), INCLASS, "the answer to square (mini)"),
    "answer in prose": (
        lambda root: add(root / RELEASE, cell("Write `return np.asarray(x) ** 2`.", "markdown")),
        RELEASE,
        "the answer to square (mini)",
    ),
    "answer of a later lab": (
        lambda root: add(root / RELEASE, cell("cube = square(x) * x")),
        RELEASE,
        "(second)",
    ),
    "model answer": (
        lambda root: add(root / RELEASE, cell("A model answer that no student may see: it grows.", "markdown")),
        RELEASE,
        "the model answer to observe (mini)",
    ),
    "hidden test": (
        lambda root: add(root / INCLASS, cell("secret_array = np.array([1.0, 2.0, -3.0])")),
        INCLASS,
        "the hidden part of test_square (mini)",
    ),
    "hidden test in another lab": (
        lambda root: add(root / "notebooks/second.ipynb", cell("secret_array = np.array([1.0, 2.0, -3.0])")),
        "notebooks/second.ipynb",
        "the hidden part of test_square (mini)",
    ),
    "hidden in metadata": (
        lambda root: add(root / RELEASE, cell("1", metadata={"note": "return np.asarray(x) ** 2"})),
        RELEASE,
        "the answer to square (mini)",
    ),
    "delimiter": (lambda root: add(root / RELEASE, cell("### BEGIN SOLUTION")), RELEASE, "a delimiter"),
    "import of the answers": (
        lambda root: add(root / RELEASE, cell("from solutions.square import square")),
        RELEASE,
        "imports the answers",
    ),
    "outputs": (
        lambda root: add(
            root / RELEASE, cell("1 + 1", outputs=[{"output_type": "stream", "name": "stdout", "text": ""}])
        ),
        RELEASE,
        "has outputs",
    ),
    "source for release": (
        lambda root: write(root / RELEASE, source_notebook()),
        RELEASE,
        "a delimiter",
    ),
    "an answer's file": (
        lambda root: (root / "release/mini/helper.py").write_text(PACKAGES["solutions/square.py"]),
        "release/mini/helper.py",
        "a copy of solutions/square.py",
    ),
    "an answer's file, changed": (
        lambda root: (root / "release/mini/helper.py").write_text(PACKAGES["solutions/square.py"] + "\n# mine\n"),
        "release/mini/helper.py",
        "the answer to square (mini)",
    ),
    "a mistake's file": (
        lambda root: (root / "release/mini/data.txt").write_bytes((root / "mistakes/square/doubled.py").read_bytes()),
        "release/mini/data.txt",
        "a copy of mistakes/square/doubled.py",
    ),
    "commented out": (
        lambda root: add(root / RELEASE, cell("# return np.asarray(x) ** 2")),
        RELEASE,
        "the answer to square (mini)",
    ),
    "in a heading": (
        lambda root: add(root / RELEASE, cell("## `return np.asarray(x) ** 2`", "markdown")),
        RELEASE,
        "the answer to square (mini)",
    ),
    "a file that goes along": (
        lambda root: (root / "requirements.txt").write_text("numpy\n# return np.asarray(x) ** 2\n"),
        "requirements.txt",
        "the answer to square (mini)",
    ),
    "no notebook": (
        lambda root: (root / "release/mini/other.ipynb").write_text("{"),
        "release/mini/other.ipynb",
        "cannot be read and checked",
    ),
    "a name that Windows does not take": (
        lambda root: (root / "release/mini/aux.csv").write_text("1"),
        "release/mini/aux.csv",
        "which Windows reserves for a device",
    ),
}


@pytest.mark.parametrize("kind", LEAKS)
def test_leaks_are_refused(kind: str, course: Path, publish: Run, tmp_path: Path) -> None:
    """File and line are named, the line is shown, and nothing is written."""
    leak, path, sentence = LEAKS[kind]
    leak(course)
    status, said = publish()
    assert status == 1, said
    assert any(line.startswith(f"{path}:") and line.split(":")[1].isdigit() for line in said.splitlines())
    assert sentence in said
    assert "nothing was published" in said
    assert not (tmp_path / "students.zip").exists()


def test_the_line_is_the_files_line(course: Path, publish: Run) -> None:
    """What is named can be looked up."""
    answer_in(RELEASE)(course)
    place = next(line for line in publish()[1].splitlines() if line.startswith(RELEASE))
    number = int(place.split(":")[1])
    assert "np.asarray( x )**2" in (course / RELEASE).read_text().splitlines()[number - 1]


def test_named_answers_still_may_not_stand_in_the_release(course: Path, publish: Run) -> None:
    """They lie in files of their own."""
    answer_in(RELEASE)(course)
    assert publish("--answers", "mini")[0] == 1


def test_an_answer_of_another_lab_in_a_named_module(course: Path, publish: Run) -> None:
    """A module that two labs' answers share would give the other one away."""
    (course / "solutions/square.py").write_text(PACKAGES["solutions/square.py"] + "\n\ncube = square(x) * x\n")
    status, said = publish("--answers", "mini")
    assert status == 1
    assert "solutions/square.py" in said
    assert publish("--answers", "mini", "second")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "change", "sentence"),
    [
        (("nolab",), None, "There is no source/nolab"),
        (("mini", "--answers", "second"), None, "--answers names second; the published labs are: mini."),
        (("--answers", "mini"), "solutions/square.py", "which does not exist"),
        ((), "notebooks/mini.ipynb", "There is no notebooks/mini.ipynb"),
        ((), "release/mini/mini.ipynb", "There is no release/mini/mini.ipynb"),
    ],
)
def test_what_cannot_be_published(
    arguments: tuple[str, ...], change: str | None, sentence: str, course: Path, publish: Run, tmp_path: Path
) -> None:
    """One clear sentence, and nothing is written."""
    if change:
        (course / change).unlink()
    status, said = publish(*arguments)
    assert (status, said.count("\n")) == (2, 1)
    assert sentence in said
    assert not (tmp_path / "students.zip").exists()


def test_links_are_refused(course: Path, publish: Run) -> None:
    """A link could lead anywhere."""
    (course / "release/mini/data.csv").symlink_to("/etc/hostname")
    status, said = publish()
    assert status == 2
    assert "release/mini/data.csv is a link" in said


def test_names_that_open_everywhere() -> None:
    """Windows' rules, which are the strictest."""
    for bad in ("a:b", "con.txt", "x/NUL", "a ", "b./c", "a\\b", "q?", "x" * 201, "a//b"):
        assert bad_name(bad), bad
    for good in ("release/a b/ü.ipynb", "console.txt", ".devcontainer/x.json", "nullable.py"):
        assert bad_name(good) is None, good


def test_this_course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The real one, without answers and with all of them."""
    labs = sorted(path.stem for path in (ROOT / "source").glob("*/*.ipynb"))
    for number, named in enumerate(([], labs)):
        target = tmp_path / f"{number}.zip"
        options = ["--answers", *named] if named else []
        assert main(["publish", "--zip", str(target), "--course-dir", str(ROOT), *options]) == 0, capsys.readouterr()
        found = names(target)
        assert {f"release/{lab}/{lab}.ipynb" for lab in labs} | {
            f"notebooks/{lab}_in_class.ipynb" for lab in labs
        } <= found
        assert {"README.md", "requirements.txt", "check_environment.py", "LICENSE", "LICENSE-TEXT"} <= found
        loaded = {name for name in found if name.startswith("solutions/")}
        modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "solutions").glob("*.py")}
        assert loaded == (modules if named else set())
        assert {name for name in found if name.endswith(".md")} == {"README.md", "docs/glossary.md"}
