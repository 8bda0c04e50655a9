"""Every lab as a student sees it in a small window, in both themes; and the first answers in Jupyter Notebook."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")

from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Server, end_kernels, keep, serve
from tests.browser.lab import Lab, assert_shown_whole, screenshot_cells, solve

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow(seconds=200)  # all of them in one JupyterLab
LABS = sorted(path.name for path in (ROOT / "release").iterdir())
OTHERS = sorted(f"{path.parents[1].name}/{path.name}" for path in (ROOT / "editions").glob("*/release/*"))
"""Those in other languages, below the server's folder."""
WRONG = "def sigmoid(z):\n    return np.tanh(z)"
RIGHT = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"
READABLE = 4.5  # contrast that WCAG 2.2 asks of text, success criterion 1.4.3
FAINT = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
WIDE = """() => [...document.querySelectorAll('.jp-OutputArea-output, .jp-RenderedMarkdown')].filter(
    part => part.scrollWidth > part.clientWidth + 1).map(part => part.innerText.slice(0, 80))"""


@pytest.fixture(scope="module")
def server(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The released labs; in each, the first exercise is answered with a catalogued mistake, the others rightly."""
    folder = tmp_path_factory.mktemp("student")
    for lab in LABS:
        shutil.copytree(ROOT / "release" / lab, folder / lab, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    for other in OTHERS:
        language, lab = other.split("/")
        shutil.copytree(ROOT / "editions" / language / "release" / lab, folder / other)
    with serve(folder, tmp_path_factory.mktemp("home"), python_path="") as running:
        yield running


@pytest.fixture(autouse=True)
def no_kernel_stays(server: Server) -> Iterator[None]:
    """See `end_kernels`."""
    yield
    end_kernels(server)


def test_first_answers_in_jupyter_notebook(page: Page, server: Server, tmp_path: Path) -> None:
    """From the list of files to a cross with the sentence of the mistake, then to ticks."""
    lab = LABS[0]
    page.goto(server.address(f"tree/{lab}"))
    expect(page.locator(".jp-DirListing-item", has_text=f"{lab}.ipynb")).to_be_visible()
    notebook = Lab(page, server, f"{lab}/{lab}.ipynb", app="notebooks")
    notebook.run("setup")
    shown = notebook.answer("sigmoid", WRONG)
    expect(shown.nth(0)).to_contain_text("✗ not yet")
    expect(shown.nth(0)).to_contain_text("What it looks like: ")
    expect(shown.nth(1)).to_have_text("Not yet: sigmoid: sigmoid(0.0) must be 1 / (1 + 1) = 0.5, but it is 0.")
    keep(page, tmp_path, "notebook-wrong")
    expect(notebook.answer("sigmoid", RIGHT)).to_contain_text("✓ Passed: sigmoid (2 points)")


@pytest.mark.parametrize("lab", [*LABS, *OTHERS])
def test_lab_can_be_read(desk: Page, server: Server, lab: str) -> None:
    """Shown whole; with a cross and ticks in it nothing wider than its place, nothing too faint, light and dark."""
    language, _, name = lab.rpartition("/")
    words = ROOT / "editions" / language / "sentences.json"
    not_yet = json.loads(words.read_text(encoding="utf-8"))["not yet"] if language else "not yet"
    work = server.folder / lab / f"{name}.ipynb"
    exercise = next(name for name in Lab.places_of(work) if (ROOT / "mistakes" / name).is_dir())
    mistake = min((ROOT / "mistakes" / exercise).glob("*.py"))
    solve(work, **{exercise: mistake.read_text(encoding="utf-8")})
    desk.set_viewport_size({"width": 1280, "height": 900})
    notebook = Lab(desk, server, f"{lab}/{name}.ipynb")
    assert_shown_whole(desk)
    desk.set_viewport_size({"width": 1366, "height": 768})
    notebook.run_all()
    expect(notebook.cell("summary")).to_contain_text(f"✗ {not_yet} {exercise}")
    is_light = desk.locator("body").get_attribute("data-jp-theme-light") == "true"
    both = ("Light", "Dark") if is_light else ("Dark", "Light")  # a change takes seconds: the one that is on first
    for theme in ("Light",) if language else both:  # colours do not depend on the language
        desk.evaluate(
            "name => jupyterapp.commands.execute('apputils:change-theme', {theme: name})", f"JupyterLab {theme}"
        )
        expect(desk.locator("body")).to_have_attribute("data-jp-theme-light", str(theme == "Light").lower())
        assert desk.evaluate(WIDE) == []
        assert [found for found in desk.evaluate(FAINT) if found["contrast"] < READABLE] == []
        if folder := os.environ.get("SCREENSHOTS"):  # for a person's eye
            Path(folder).mkdir(parents=True, exist_ok=True)
            screenshot_cells(desk, Path(folder) / f"{lab.replace('/', '-')}-{theme.lower()}.png")
