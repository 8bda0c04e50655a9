"""A student's way through nbgrader's exchange in JupyterLab's Assignment List: fetch, answer, submit, read feedback."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")

from playwright.sync_api import expect

from autograder.commands.cli import main as autograder
from autograder.sandbox.levels import choose_level
from tests.browser.conftest import serve
from tests.engine.fixtures import mini_lab as mini
from tests.engine.nbgrader.course import make_exchange, nbgrader_here

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.slow(seconds=40),
    pytest.mark.skipif(bool(choose_level().refusal), reason="this machine offers no isolation for grading"),
]


def row(page: Page, kind: str) -> Locator:
    """The lab in the Assignment List, under "released", "fetched" or "submitted"."""
    return page.locator(f"#{kind}_assignments_list > .list_item", has_text=mini.LAB)


def press(page: Page, kind: str, button: str) -> None:
    """Press a button of the lab's row."""
    row(page, kind).get_by_role("button", name=button, exact=True).click()


def answer(page: Page, path: Path) -> None:
    """Replace the first answer in the notebook that is open, and save it."""
    page.locator(".jp-CodeCell .cm-content", has_text=mini.STUB).first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(mini.SQUARE)
    with page.expect_response(lambda reply: reply.request.method == "PUT" and path.name in reply.url):
        page.keyboard.press("Control+S")


def test_from_fetch_to_feedback(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    account, files = tmp_path / "account", tmp_path / "files"
    files.mkdir()
    course = make_exchange(tmp_path, account / "config")
    nbgrader_here(course, "release_assignment", mini.LAB)
    with serve(files, account) as server:
        page.goto(server.address("lab"))
        page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
        page.get_by_role("menuitem", name="Assignment List", exact=True).click()
        press(page, "released", "Fetch")
        row(page, "fetched").locator(".assignment-notebooks-link").click()
        row(page, "fetched").get_by_role("link", name=mini.LAB, exact=True).click()
        answer(page, files / mini.LAB / f"{mini.LAB}.ipynb")
        page.get_by_role("tab", name="Assignments", exact=True).click()
        press(page, "fetched", "Submit")
        expect(row(page, "submitted")).to_contain_text(re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d.* UTC"))

        nbgrader_here(course, "collect", "--update", mini.LAB)
        assert autograder(["grade", "--course-dir", str(course)]) == 0
        nbgrader_here(course, "generate_feedback", mini.LAB)
        nbgrader_here(course, "release_feedback", mini.LAB)

        page.locator("#refresh_assignments_list").click()
        expect(row(page, "submitted")).to_contain_text("feedback available to fetch")
        press(page, "submitted", "Fetch Feedback")
        row(page, "submitted").get_by_text("(view feedback)").click()
        page.locator(".jp-DirListing-item", has_text=f"{mini.LAB}.html").dblclick()
        shown = page.frame_locator(".jp-HTMLViewer iframe")
        expect(shown.locator("p.total")).to_have_text("2 of 6 points.")  # nothing is left for a person to look at
        expect(shown.get_by_role("heading", name="A mini lab")).to_be_visible()
