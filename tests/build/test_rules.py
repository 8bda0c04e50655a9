"""Each rule of the build: a violation makes the build name the file, the line and the text, and write nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coursebuild.__main__ import main

Change = Callable[[str, str, str], int]
LAB = "labs/01_lines.py"
RELEASE = "release/01_lines/01_lines.ipynb"
INCLASS = "notebooks/01_lines_in_class.ipynb"
HINT = "<details><summary>Hint 2: the formula</summary>\n#\n# $2x$\n#\n# </details>\n"


@dataclass(frozen=True)
class Breach:
    """A text in `path` is replaced, which breaks a rule; the build says `sentence` of `named`, where it reads `at`."""

    name: str
    old: str
    new: str
    sentence: str
    at: str = ""
    path: str = LAB
    named: str = ""


BREACHES = [
    Breach("unknown key", 'id="setup" locked=true', 'id="setup" locked=true color="red"', "`color` means"),
    Breach("unknown key on text", "minutes=2", "minutes=2 hard=true", "`hard` means nothing here"),
    Breach("no role", 'id="try_it" play=true', 'id="try_it"', "exactly one of"),
    Breach("two roles", "play=true", "play=true locked=true", "exactly one of"),
    Breach("shape that is no flag", 'test="double" points=2', 'test="double" points=2 shape=1', "can only be true"),
    Breach("flag that is no flag", "play=true", 'play="yes"', "can only be true"),
    Breach("no id", 'id="try_it" ', "", "needs `id`", at="# %% play=true"),
    Breach("odd id", 'id="try_it"', 'id="try it"', "letters, digits"),
    Breach("no minutes", " minutes=2", "", "needs `minutes`", at='exercise="double"'),
    Breach("minutes zero", "minutes=2", "minutes=0", "above 0"),
    Breach("points below zero", 'test="double" points=2', 'test="double" points=-2', "above 0"),
    Breach("points no number", 'test="double" points=2', 'test="double" points="2"', "above 0"),
    Breach("points missing", 'test="double" points=2', 'test="double"', "needs `points`", at='%% test="double"'),
    Breach("duplicate id", 'id="try_it"', 'id="setup"', "is used by 2 cells", at='id="setup" locked'),
    Breach("id of a test and of a cell", 'id="try_it"', 'id="test_double"', "is used by 2 cells", at='test="double"'),
    Breach("answer without task", 'exercise="line" minutes=3', "", "has the cells answer, test", at='%% answer="line"'),
    Breach(
        "answer without test", 'test="double" points=2', 'id="t" locked=true', "task, answer.", at='exercise="double"'
    ),
    Breach(
        "exercise without answer",
        "solutions.double import double\n\n# %%",
        "solutions.twice import double\n\n# %%",
        "must be one line",
        at='%% answer="double"',
    ),
    Breach(
        "import of a name that is not there",
        "import double\n\n# %%",
        "import triple\n\n# %%",
        "does not define triple",
        at='%% answer="double"',
    ),
    Breach(
        "given function that is not there",
        "import halve",
        "import quarter",
        "no function or constant quarter",
        at='id="setup"',
    ),
    Breach("given module that is not there", "labs.given", "labs.plots", "There is no labs/plots.py", at='id="setup"'),
    Breach(
        "one hint",
        "<details><summary>Hint 2: the formula</summary>\n#\n# $2x$\n#\n# </details>\n",
        "",
        "this one has 1",
        at='exercise="double"',
    ),
    Breach(
        "hints in the wrong order", "Hint 1: the idea", "Hint 2: the idea", "this one has 2, 2", at='exercise="double"'
    ),
    Breach(
        "hint left open",
        "<details><summary>Hint 2: the formula</summary>\n#\n# $2x$\n#\n# </details>\n",
        "<details><summary>Hint 2: the formula</summary>\n#\n# $2x$\n#\n# \n",
        "not closed",
        at='exercise="double"',
    ),
    Breach("no heading", "### Exercise: twice as much", "Twice as much", "heading", at='exercise="double"'),
    Breach("load line", "print(double(4))", "# %load -s double ../solutions/double.py", "Leave %load"),
    Breach(
        "no marking scheme",
        "Marking scheme",
        "Model",
        "no heading",
        at="The line",
        path="solutions/observe.md",
        named="solutions/observe.md",
    ),
    Breach("written text", "*Write your answer here.*", "Write.", "what students see", at="written="),
    Breach(
        "image missing",
        "figures/line.svg",
        "figures/curve.svg",
        "no image labs/figures/curve.svg",
        at="# %% [markdown]",
    ),
    Breach("image without alt text", "![A rising line]", "![ ]", "no alt text", at="# %% [markdown]"),
    Breach("image as HTML", "![A rising line](figures/line.svg)", '<img src="figures/line.svg">', "Write images as"),
    Breach("stale picture", "black", "blue", "--draw", at="# %% [markdown]", path="labs/figures/line.svg", named=LAB),
    Breach("link to nowhere", "(#Lines)", "(#Curves)", "leads nowhere"),
    Breach(
        "link to a file",
        "../02_curves/02_curves.ipynb",
        "../solutions/double.py",
        "leads nowhere",
        at="solutions/double.py)",
    ),
    Breach("free name", "assert double(1) is not None", "assert double(x) is not None", "uses x, which it neither"),
    Breach("free name, hidden", "for number in (0.0, 7.5):", "for number in x:", "uses x, which"),
    Breach(
        "name that only the hidden part imports",
        "assert double(1) is not None",
        "assert double(1) != reference",
        "uses reference",
    ),
    Breach("later answer", "assert double(1) is not None", "assert y is not None", "uses y, which"),
    Breach("assert without sentence", ', "double(x) must be x + x."', "", "no message", at="== reference(number)"),
    Breach("assert of a tuple", 'assert np.size(y), "y is empty."', 'assert (np.size(y), "y is empty.")', "is a tuple"),
    Breach(
        "no visible assert",
        'assert np.size(y), "y is empty."',
        "np.size(y)",
        "in its visible part",
        at="import numpy as np\n\nnp.size(y)",
    ),
    Breach(
        "hidden part misspelt",
        "### BEGIN HIDDEN TESTS\nfrom",
        "### BEGIN HIDEN TESTS\nfrom",
        "one hidden part",
        at="### END HIDDEN",
    ),
    Breach(
        "no hidden part",
        '### BEGIN HIDDEN TESTS\nassert np.allclose(y, [0.0, 2.0, 4.0]), "y must be twice x."\n### END HIDDEN TESTS\n',
        "",
        "one hidden part",
        at="import numpy as np\n\nassert np.size",
    ),
    Breach(
        "visible import of the answers",
        "assert double(1)",
        "from solutions.double import double\nassert double(1)",
        "Students do not have",
        at="from solutions.double import double\nassert",
    ),
    Breach(
        "answer that uses what students lack",
        "def double(x):",
        "def double(x: Sequence):",
        "uses Sequence, which no cell above defines",
        at='%% answer="double"',
        path="solutions/double.py",
        named=LAB,
    ),
    Breach("cell that uses a later name", "x = np.arange(3.0)", "x = double(3)", "uses double", at='id="setup"'),
    Breach("test that is no Python", "assert double(1) is", "assert double(1) is is", "not plain Python"),
    Breach(
        "recorded output missing",
        "--- halves",
        "",
        "not recorded",
        at='id="halves"',
        path="labs/expected/01_lines.txt",
        named=LAB,
    ),
    Breach(
        "recorded output stale",
        "--- halves",
        "--- halves\n1.5\n--- thirds",
        "no marked cell thirds",
        at="What the",
        path="labs/expected/01_lines.txt",
        named="labs/expected/01_lines.txt",
    ),
    Breach(
        "answer in a locked cell",
        "x = np.arange(3.0)",
        "x = np.arange(3.0)\ntwice=np.add(x,x) # so",
        "a line of the answer to double",
        at="twice=np.add",
        named=RELEASE,
    ),
    Breach(
        "answer imported by a play cell",
        "print(double(4))",
        "from solutions.double import double",
        "a line of the answer to double",
        at="twice = np.add",
        named=INCLASS,
    ),
    Breach(
        "answer in the prose",
        "# The end.",
        "# So: `twice = np.add(x, x)`.",
        "a line of the answer to double",
        named=INCLASS,
        at="So: `twice",
    ),
    Breach(
        "model answer in the prose",
        "# The end.",
        "# The line is straight and passes through the origin.",
        "model answer to observe",
        named=INCLASS,
        at="The line is straight",
    ),
    Breach(
        "hidden test in a locked cell",
        "print(double(4))",
        'assert np.allclose(y, [0.0, 2.0, 4.0]), "y must be twice x."',
        "hidden part of test_line_values",
        named=INCLASS,
    ),
    Breach(
        "import of the answers that is no line of its own",
        "print(double(4))",
        "if True:\n    from solutions.double import double",
        "only be in the source",
        at="    from solutions",
        named=INCLASS,
    ),
]


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.name)
def test_breach(breach: Breach, root: Path, change: Change, capsys: pytest.CaptureFixture[str]) -> None:
    change(breach.path, breach.old, breach.new)
    named, at = breach.named or breach.path, breach.at or breach.new
    assert main(["--root", str(root)]) == 1
    said = capsys.readouterr().err
    lines = [line for line in said.splitlines() if breach.sentence in line and line.startswith(f"{named}:")]
    assert lines, said
    if (root / named).is_file():
        number = int(lines[0].split(":")[1])
        rest = (root / named).read_text(encoding="utf-8").split("\n", number - 1)[-1]
        assert at in "\n".join(rest.split("\n")[: at.count("\n") + 1]), f"line {number} is {rest[:80]!r}"
    else:
        assert at in said
    assert not list(root.rglob("*.ipynb")), "something was written"


def test_answer_without_exercise(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "solutions" / "cube.py").write_text('"""No lab asks for this."""\n')
    (root / "solutions" / "explain.md").write_text("Marking scheme\n")
    assert main(["--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert "solutions/cube.py:1: This is an answer without an exercise" in said
    assert "solutions/explain.md:1: This is an answer without an exercise" in said


@pytest.mark.parametrize("gone", ["solutions/double.py", "solutions/observe.md", "labs/figures/line.png"])
def test_file_that_is_gone(gone: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / gone).unlink()
    assert main(["--root", str(root)]) == 1
    assert gone in capsys.readouterr().err


def test_exercise_in_two_labs(root: Path, change: Change, capsys: pytest.CaptureFixture[str]) -> None:
    line = change("labs/02_curves.py", 'answer="square"', 'answer="double"')
    assert main(["--root", str(root)]) == 1
    assert f"labs/02_curves.py:{line}: The exercise double is also in labs/01_lines.py" in capsys.readouterr().err


def test_what_nbgrader_refuses(root: Path, change: Change, capsys: pytest.CaptureFixture[str]) -> None:
    """generate_assignment exits 0 when it fails; the build does not."""
    change("solutions/double.py", '"""Twice x."""', '"""Twice x, ### BEGIN SOLUTION."""')
    assert main(["--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert "labs/01_lines.py:1: nbgrader could not make a release notebook" in said
    assert "nested begin solution" in said
    assert not list(root.rglob("*.ipynb"))


@pytest.mark.parametrize(
    "name", ["05_relu+tanh", "05_relu[a]", "05 relu (v2)", "05_größe", "05_relu.", "05_" + "x" * 99]
)
def test_a_lab_whose_name_nbgrader_cannot_hold(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "labs/02_curves.py").rename(root / f"labs/{name}.py")
    assert main(["--root", str(root)]) == 1
    assert capsys.readouterr().err.startswith(f"labs/{name}.py:1: Rename this lab: nbgrader needs a name of letters")
    assert not list(root.rglob("*.ipynb"))


def test_not_a_course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path)]) == 1
    assert "run the build in the course's root" in capsys.readouterr().err


def test_not_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "labs" / "01_lines.py").write_bytes("# %%\nx = 'ä'\n".encode("latin-1"))
    assert main(["--root", str(root)]) == 1
    assert "labs/01_lines.py:1: Save this file as UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n", "[1]", ""])
def test_a_sealed_catalogue_that_a_merge_broke_is_named(
    text: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = root / "source/01_lines/check/01_lines.json"
    broken.parent.mkdir(parents=True)
    broken.write_text(text)
    assert main(["--root", str(root)]) == 1
    assert "source/01_lines/check/01_lines.json:1: This file is made by the build" in capsys.readouterr().err
