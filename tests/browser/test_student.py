"""A student's first hour in JupyterLab: open, answer wrongly, read the sentence, answer rightly, validate, play."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")

from playwright.sync_api import expect

from labs.given import gaussian
from solutions.sigmoid import sigmoid
from tests.browser.conftest import ROOT, Server, end_kernels, serve
from tests.browser.lab import Lab, assert_shown_whole, screenshot_cells, solve

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow(seconds=60)
LAB = "01_single_neuron"
RELEASE = f"release/{LAB}/{LAB}.ipynb"
INCLASS = f"notebooks/{LAB}_in_class.ipynb"
IN_CLASS = [str(path.relative_to(ROOT)) for path in (ROOT / "notebooks").rglob("*.ipynb")]
WRONG = "def sigmoid(z):\n    return np.tanh(z)"
RIGHT = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"
SVG = """c = get_config()
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.rc = {"svg.fonttype": "none"}
"""


@pytest.fixture(scope="module")
def server(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What a student has, nothing else. Plots are SVG, whose text can be read."""
    folder = tmp_path_factory.mktemp("student")
    home = tmp_path_factory.mktemp("home")
    profile = home / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(SVG, encoding="utf-8")
    for name in ("release", "notebooks", "solutions"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "glossary.md", folder / "docs")
    with serve(folder, home) as running:
        yield running


@pytest.fixture(autouse=True)
def no_kernel_stays(server: Server) -> Iterator[None]:
    """See `end_kernels`."""
    yield
    end_kernels(server)


def test_wrong_answer_gets_a_cross_and_a_sentence_and_right_one_ticks(page: Page, server: Server) -> None:
    lab = Lab(page, server, RELEASE, app="doc/tree")
    lab.run("setup")
    shown = lab.answer("sigmoid", WRONG)
    expect(shown.nth(0)).to_contain_text("✗ not yet")
    expect(shown.nth(0)).to_contain_text("What it looks like: ")
    expect(shown.nth(1)).to_have_text("Not yet: sigmoid: sigmoid(0.0) must be 1 / (1 + 1) = 0.5, but it is 0.")

    expect(lab.answer("sigmoid", RIGHT)).to_contain_text("✓ Passed: sigmoid (2 points)")


def test_run_all_goes_on_to_the_summary(desk: Page, server: Server) -> None:
    """Of a notebook in which one answer is wrong and the others are missing."""
    work = server.folder / "release" / LAB / "started.ipynb"
    shutil.copy(server.folder / RELEASE, work)
    lab = Lab(desk, server, f"release/{LAB}/{work.name}")
    lab.write("sigmoid", WRONG)
    lab.run_all()
    expect(lab.cell("test_affine")).to_contain_text("`affine` is not there yet")
    summary = lab.cell("summary").locator(".jp-OutputArea-output")
    expect(summary).to_contain_text("✗ not yet sigmoid: 0 of 2 points")
    expect(summary).to_contain_text("Next: sigmoid.")


def test_validate_says_what_fails(desk: Page, server: Server, tmp_path: Path) -> None:
    work = server.folder / "release" / LAB / "validated.ipynb"
    shutil.copy(server.folder / RELEASE, work)
    lab = Lab(desk, server, f"release/{LAB}/{work.name}")
    lab.write("sigmoid", WRONG)
    report = lab.validate()
    assert "check.sigmoid(sigmoid)" in report
    assert "sigmoid(0.0) must be 1 / (1 + 1) = 0.5, but it is 0." in report
    assert "`affine` is not there yet" in report
    assert "You did not provide a response." in report  # of the written answer


def test_solved_lab_runs_slides_and_validates(desk: Page, server: Server) -> None:
    work = server.folder / "release" / LAB / "solved" / f"{LAB}.ipynb"
    shutil.copytree(server.folder / "release" / LAB, work.parent)
    solve(work)
    lab = Lab(desk, server, f"release/{LAB}/solved/{work.name}")
    lab.run_all()
    expect(desk.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)

    cell = lab.cell("sliders")
    picture = cell.locator("img[src*=svg]")
    assert title_mse(picture.get_attribute("src")) == pytest.approx(error_of(-2.5, 1.0), abs=1e-4)
    for slider, value in enumerate(("-5", "3")):
        before = picture.get_attribute("src") or ""
        cell.locator(".widget-readout").nth(slider).fill(value)
        desk.keyboard.press("Enter")
        expect(picture).not_to_have_attribute("src", before)
    assert title_mse(picture.get_attribute("src")) == pytest.approx(error_of(-5.0, 3.0), abs=1e-4)

    assert "passes all the tests" in lab.validate()


def test_the_glossary_leads_to_the_part_that_explains_a_term(page: Page, server: Server) -> None:
    """Opened as the students' page says; the link is chosen again once the notebook is open."""
    page.goto(f"{server.address('lab')}&reset")
    page.locator(".jp-DirListing-item", has_text="docs").dblclick()
    page.locator(".jp-DirListing-item", has_text="glossary.md").click(button="right")
    page.locator(".lm-Menu-item", has_text="Open With").hover()
    page.locator(".lm-Menu-item", has_text="Markdown Preview").click()
    term = page.locator(".jp-MarkdownViewer tr", has_text="activation point").first
    term.get_by_role("link", name="Where and how fast it switches").click()
    heading = page.locator(".jp-Notebook h3", has_text="Where and how fast it switches")
    expect(heading).to_be_attached()
    page.locator(".lm-TabBar-tab", has_text="glossary.md").click()
    term.get_by_role("link").click()
    expect(heading).to_be_in_viewport()


def title_mse(picture: str | None) -> float:
    """The MSE that stands in the title of an SVG picture."""
    text = re.sub(r"<[^>]*>|\s", "", unquote(picture or ""))  # a formula's letters stand one by one
    found = re.search(r"MSE=(\d\.\d{4})", text)
    assert found, f"no MSE in the picture's text: {text[:500]}"
    return float(found[1])


def error_of(w: float, b: float) -> float:
    """MSE of one neuron against the Gaussian, on the lab's 500 points."""
    x = np.linspace(-5, 5, 500)
    return float(np.mean((sigmoid(w * x + b) - gaussian(x)) ** 2))


def test_load_is_the_last_resort(desk: Page, server: Server) -> None:
    lab = Lab(desk, server, INCLASS)
    lab.run("setup")
    magic = lab.cell("load-sigmoid").locator(".cm-content").inner_text()
    assert magic.startswith("# %load ")
    lab.write("load-sigmoid", magic.removeprefix("# "))
    lab.run("load-sigmoid")
    expect(lab.cell("load-sigmoid").locator(".cm-content")).to_contain_text("def sigmoid(")
    lab.run("load-sigmoid")
    expect(lab.run("test_sigmoid")).to_contain_text("✓ Passed: sigmoid (2 points)")


@pytest.mark.parametrize("name", IN_CLASS)
def test_notebook_is_shown_whole(desk: Page, server: Server, name: str) -> None:
    """Those of the release are in `test_labs.py`, where they are open anyway."""
    Lab(desk, server, name, kernel=False)
    assert_shown_whole(desk)
    if folder := os.environ.get("SCREENSHOTS"):  # for a person's eye
        Path(folder).mkdir(parents=True, exist_ok=True)
        screenshot_cells(desk, Path(folder) / f"{name.replace('/', '-')}.png")
