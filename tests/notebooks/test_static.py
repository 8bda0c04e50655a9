"""What can be seen of the built notebooks without running them."""

from __future__ import annotations

import base64
import copy
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from PIL import Image

from autograder.notebook.leaks import squeeze, tells, without_docstrings
from tests.locale.plain_code import plain
from tests.notebooks.conftest import PATHS, ROOT, read
from tests.notebooks.contract import RECORDED

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?")
DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+(?!\.?\d)")


@pytest.mark.parametrize("kind", PATHS)
def test_images(lab: str, kind: str) -> None:
    """Every picture travels inside the notebook, says in words what it shows, and is one that JupyterLab can show."""
    for cell in read(kind, lab).cells:
        images = IMAGE.findall(cell.source) if cell.cell_type == "markdown" else []
        attachments = cell.get("attachments", {})
        assert {target for _, target in images} == {f"attachment:{name}" for name in attachments}
        assert "<img" not in cell.source
        for alt, _ in images:
            assert len(alt.split()) >= 5, f"{cell.id}: {alt!r} does not say what the picture shows"
        for data in attachments.values():
            with Image.open(io.BytesIO(base64.b64decode(data["image/png"]))) as picture:
                assert picture.width > 300
                edge = picture.convert("RGBA").crop((12, picture.height // 2, 13, picture.height // 2 + 1))
                assert min(edge.tobytes()) > 240, "dark text needs paper of its own, for the dark theme"


def test_the_diagrams_of_the_networks_are_there() -> None:
    for lab in ("01_single_neuron", "02_two_neurons", "03_backpropagation"):
        assert any("attachments" in cell for cell in read("release", lab).cells), lab


@pytest.mark.parametrize("kind", PATHS)
def test_links(lab: str, kind: str) -> None:
    """Every relative link leads to a file, seen from where the notebook lies; every #link to a heading."""
    path = ROOT / PATHS[kind].format(lab)
    cells = [cell for cell in read(kind, lab).cells if cell.cell_type == "markdown"]
    headings = {re.sub(r"\s+", "-", text.strip()) for c in cells for text in re.findall(r"(?m)^#+ (.*)$", c.source)}
    for cell in cells:
        for target in LINK.findall(cell.source):
            if target.startswith("#"):
                assert target[1:] in headings, target
            elif not re.match(r"https?://|mailto:|attachment:", target):
                assert (path.parent / target).is_file(), target


def test_the_sheet_explains_every_name() -> None:
    """Arguments of the functions that students write, and what they compute, with symbol, shape and meaning."""
    sheet = (ROOT / "labs" / "notation.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", sheet, re.DOTALL)
    assert all(len(re.findall("<t[dh]>", row)) == 5 for row in rows)
    explained = set(re.findall(r"\w+", " ".join(re.findall(r"<code>(.*?)</code>", sheet))))
    labs = json.loads(RECORDED.read_text(encoding="utf-8")).values()
    signatures = [line for lab in labs for entry in lab["exercises"].values() for line in entry.get("defines", [])]
    arguments = {name for line in signatures for name in re.findall(r"\w+", line.partition("(")[2])}
    assert not arguments - explained - {"parameters", "gradients"}  # tuples of what the sheet explains one by one


def test_load_targets(lab: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """IPython's own `%load`, called where the notebook lies, gives the text of the answer in the source notebook."""
    monkeypatch.chdir(ROOT / "notebooks")
    source = {cell.id: cell.source for cell in read("source", lab).cells}
    cells = read("inclass", lab).cells
    shell = InteractiveShell()
    answers = [cell.id for cell in cells if cell.source == "# your code here"]
    loads = [cell for cell in cells if cell.id.startswith("load-")]
    assert [f"load-{name}" for name in answers] == [cell.id for cell in loads]
    for above, cell in zip(answers, loads, strict=True):
        assert cells[cells.index(cell) - 1].id == above
        offered: list[str] = []
        shell.set_next_input = lambda text, replace=False, offered=offered: offered.append(text)
        assert cell.source.startswith("# %load ")
        assert "\n" not in cell.source
        shell.run_line_magic("load", cell.source.removeprefix("# %load "))
        assert offered[0].partition("\n")[2].strip("\n") == _solution(source[above])


@pytest.mark.parametrize("kind", ["release", "inclass"])
def test_no_leaks(lab: str, kind: str, edition: str) -> None:
    """No telling line of an answer, a model answer or a hidden test; no word of where they come from."""
    secret: set[str] = set()
    shown: set[str] = set()
    for cell in read("source", lab).cells:
        visible, _, rest = cell.source.partition("### BEGIN HIDDEN TESTS")
        if "### BEGIN SOLUTION" in visible:
            answer = _solution(visible)
            code = without_docstrings(answer) if cell.cell_type == "code" else []
            secret |= {squeeze(line) for line in code if tells(line)}
            secret |= {squeeze(line) for line in answer.splitlines() if cell.cell_type != "code" and len(line) > 30}
        elif rest:
            shown |= {squeeze(line) for line in visible.splitlines()}
            secret |= {squeeze(line) for line in rest.partition("### END")[0].splitlines() if tells(line)} - shown
    assert secret
    for cell in read(kind, lab, edition).cells:
        for line in cell.source.splitlines():
            assert squeeze(line) not in secret - shown, f"{cell.id}: {line}"
            assert not re.search(r"### (BEGIN|END) |^\s*(from|import) (solutions|labs)\b", line), f"{cell.id}: {line}"
    if kind == "release":
        assert "%load" not in (ROOT / edition / PATHS[kind].format(lab)).read_text(encoding="utf-8")


def test_an_edition_is_the_same_lab(lab: str, edition: str) -> None:
    """Cell by cell: ids, points and other metadata, and tests; code but for comments and texts."""
    for kind in PATHS:
        for own, other in zip(read(kind, lab).cells, read(kind, lab, edition).cells, strict=True):
            assert (own.id, own.cell_type) == (other.id, other.cell_type)
            assert _without_checksum(own) == _without_checksum(other)
            if own.cell_type == "code":
                assert plain(own.source) == plain(other.source)
            if own.id.startswith("test_"):
                assert own.source == other.source


def _without_checksum(cell: NotebookNode) -> dict[str, Any]:
    metadata = copy.deepcopy(dict(cell.metadata))
    metadata.get("nbgrader", {}).pop("checksum", None)
    return metadata


def test_marked_cells_print_the_same_numbers(lab: str, edition: str) -> None:
    """Whatever language their words are in."""
    numbers = [
        [NUMBER.findall(output.text) for cell in read("source", lab, one).cells for output in cell.get("outputs", [])]
        for one in ("", edition)
    ]
    assert numbers[0] == numbers[1]


def test_numbers_of_the_prose_are_computed(lab: str) -> None:
    """Every decimal number in the prose is a parameter in the code, or what a marked cell prints, rounded.

    Tasks are left out: they give numbers to the student to try.
    """
    cells = read("source", lab).cells
    ours = [cell for cell in cells if cell.metadata.autograder.role in ("locked", "play")]
    texts = [cell.source for cell in ours] + [output.text for cell in ours for output in cell.outputs]
    known = [float(number) for text in texts for number in NUMBER.findall(text)]
    lost = []
    for cell in cells:
        if cell.metadata.autograder == {"role": "prose"}:
            for match in DECIMAL.finditer(cell.source):
                half_a_digit = 0.5 * 10.0 ** -len(match[0].partition(".")[2])
                if not any(abs(number - float(match[0])) <= half_a_digit * 1.001 for number in known):
                    lost.append(f"{cell.id}: {match[0]}")
    assert not lost


def _solution(source: str) -> str:
    return source.partition("### BEGIN SOLUTION\n")[2].partition("\n### END SOLUTION")[0]


def test_nothing_of_the_machine_or_the_network() -> None:
    """No notebook names a place on the machine that built it, and no code cell fetches anything."""
    for pattern in PATHS.values():
        for path in sorted(ROOT.glob(pattern.format("*"))):
            text = path.read_text(encoding="utf-8")
            assert str(Path.home()) not in text
            assert str(ROOT) not in text
            assert not re.search(r"urllib|requests\.|urlopen|fetch_|pip install", text)
