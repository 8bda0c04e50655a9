"""A notebook in JupyterLab, as far as a student's hands go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Served

ROOT = Path(__file__).parents[2]
RAN = re.compile(r"\[\d+\]:")
LONG = 180_000
"""Milliseconds that the cells of a whole lab may take, and a kernel in the browser until it is there."""
IDLE = """() => {
    const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
    return context?.isReady && context.session?.kernel?.status === 'idle';
}"""


OPEN = """async ([path, kernelPreference]) => {
    await jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook', kernelPreference});
}"""  # what the command gives is kept there: it is the notebook with all that it knows, and takes seconds to be sent
NO_DOLLARS = r"""() => [...document.querySelectorAll('.jp-RenderedMarkdown :is(p, li, td, h2, h3, summary)')].every(
    part => ![...part.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.includes('$')))
"""  # a formula that is not set yet, or never will be
NO_KERNEL = {"shouldStart": False, "canStart": False}


def solve(path: Path, **others: str) -> None:
    """Enter every answer of the source notebook, and a sentence for each written one; ``others`` take their place."""
    notebook = nbformat.read(path, as_version=4)
    source = nbformat.read(ROOT / "source" / path.stem / path.name, as_version=4)
    answers = {cell.metadata.nbgrader.grade_id: cell.source for cell in source.cells if "nbgrader" in cell.metadata}
    for cell in notebook.cells:
        ours = cell.metadata.get("nbgrader", {})
        if ours.get("solution"):
            written = cell.cell_type == "markdown"
            right = "Both are S-shaped." if written else re.sub(r"### .*\n?", "", answers[ours["grade_id"]])
            cell.source = others.get(ours["grade_id"], right)
    nbformat.write(notebook, path)


class Lab:
    """An opened notebook whose cells are found by their id, as in the file."""

    def __init__(self, page: Page, server: Served, name: str, *, kernel: bool = True, app: str = "") -> None:
        """Open ``name``, a path below the server's folder, and wait until all of it and its kernel are there.

        Without the name of an application it is opened in the JupyterLab that the page shows (see `desk`).
        """
        self.page = page
        self.path = server.folder / name
        self.places = self.places_of(self.path)
        if app:
            page.goto(server.notebook(app, name))
        else:
            page.evaluate(OPEN, [name, None if kernel else NO_KERNEL])
        self.all = page.locator(".jp-Notebook .jp-Cell")
        expect(self.all).to_have_count(len(self.places))
        if kernel:
            self.idle()

    @staticmethod
    def places_of(path: Path) -> dict[str, int]:
        """Grade id, or id, of each cell -> its place."""
        cells = nbformat.read(path, as_version=4).cells
        return {cell.metadata.get("nbgrader", {}).get("grade_id", cell.id): i for i, cell in enumerate(cells)}

    def idle(self) -> None:
        """Wait until the kernel is there and has nothing to do."""
        self.page.wait_for_function(IDLE)
        indicator = self.page.locator(".jp-Notebook-ExecutionIndicator")
        expect(indicator).to_have_attribute("data-status", "idle")

    def cell(self, name: str) -> Locator:
        """The cell with this grade id or id."""
        return self.all.nth(self.places[name])

    def write(self, name: str, text: str) -> None:
        """Replace what stands in a cell."""
        self.cell(name).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def run(self, name: str) -> Locator:
        """Run a cell and wait for its end; returns where its output is."""
        cell = self.cell(name)
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        self.idle()
        expect(cell.locator(".jp-InputPrompt").first).to_have_text(RAN)
        return cell.locator(".jp-OutputArea-output")

    def answer(self, exercise: str, text: str) -> Locator:
        """Write an answer, run it and its check; returns where the check's output is."""
        self.write(exercise, text)
        self.run(exercise)
        return self.run(f"test_{exercise}")

    def run_all(self) -> None:
        """*Run > Run All Cells*, and wait for the last one."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        expect(self.page.locator(".jp-CodeCell .jp-InputPrompt").last).to_have_text(RAN, timeout=LONG)
        self.idle()

    def validate(self) -> str:
        """Press nbgrader's button; returns what its window says, and closes it."""
        self.page.get_by_role("button", name="Validate").first.click()
        window = self.page.locator(".jp-Dialog")
        expect(window).to_contain_text("Validation Results")
        text = window.inner_text()
        window.locator("button").last.click()
        expect(window).to_have_count(0)
        return text


def assert_shown_whole(page: Page) -> None:
    """Of an open notebook: formulas set, pictures with words for them, hints folded, nothing wider than the page."""
    text = page.locator(".jp-MarkdownCell")
    expect(page.locator(".jp-MarkdownCell mjx-container").first).to_be_attached()
    page.wait_for_function(NO_DOLLARS)
    expect(text.locator("mjx-merror")).to_have_count(0)
    pictures = text.locator("img").evaluate_all("all => all.map(one => [one.alt, one.naturalWidth])")
    assert all(alt and width for alt, width in pictures), pictures
    assert text.locator("details[open]").count() == 0
    text.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    wide = text.locator(".jp-RenderedMarkdown").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText.slice(0, 80))"
    )
    assert not wide


def screenshot_cells(page: Page, path: Path) -> None:
    """One picture of the whole notebook: the window is made as high as its text."""
    panel = page.locator(".jp-WindowedPanel-outer").first
    height = panel.evaluate("panel => panel.scrollHeight")
    size = page.viewport_size or {"width": 1280, "height": 900}
    page.set_viewport_size({"width": size["width"], "height": min(int(height) + 150, 30_000)})
    panel.evaluate("panel => { panel.scrollTop = 0; }")
    page.evaluate("() => document.fonts.ready")  # those of formulas
    page.screenshot(path=path)
    page.set_viewport_size(size)
