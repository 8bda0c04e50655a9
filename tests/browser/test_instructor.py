"""An instructor's first grading, in nbgrader's formgrader: a written answer, a second grading, feedback, the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")

from nbgrader.api import Gradebook
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from examples import make_class
from examples.people import Person
from tests.browser.conftest import Server, autograder, keep, serve

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Response

pytestmark = pytest.mark.slow(seconds=40)
LAB = "01_single_neuron"
QUESTION = "observe_activations"
COMMENT = "Say where each curve crosses the vertical axis."
PEOPLE = (Person("amara", "Amara", "Okafor", 1.0, unusual=False), Person("xavier", "Xavier", "Moreau", 0.0, 0.9))


@pytest.fixture(scope="module")
def server(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two students of the example class, their first lab graded, and a server in the class's folder."""
    folder = tmp_path_factory.mktemp("class")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make_class, "PEOPLE", PEOPLE)
        make_class.make_class(folder)
    autograder("grade", LAB, "--course-dir", folder)
    with serve(folder, tmp_path_factory.mktemp("home")) as running:
        yield running


def fits(page: Page) -> bool:
    """Whether nothing is wider than the place it has, but for what scrolls by itself."""
    wide: bool = page.evaluate(
        "[...document.querySelectorAll('html, pre, .text_cell_render')].some(part => part.scrollWidth > "
        "part.clientWidth + 1 && !/auto|scroll/.test(getComputedStyle(part).overflowX))"
    )
    return not wide


def press(page: Page, server: Server, button: str) -> str:
    """Press one of formgrader's buttons in amara's row; the log that its window shows."""
    page.goto(server.address(f"formgrader/manage_submissions/{LAB}"))
    page.locator("tr", has=page.get_by_text("amara", exact=True)).locator(f".{button} a").click()
    window = page.locator(".modal.in")
    expect(window).to_contain_text("Successfully")
    return window.inner_text()


def pressed(page: Page, button: Locator, address: str) -> Response:
    """What the server answers once a button is pressed; again if the page, still moving, slid away under the mouse."""
    for _ in range(3):
        try:
            with page.expect_response(re.compile(address), timeout=20_000) as answer:
                button.click()
            return answer.value
        except PlaywrightTimeout:
            continue
    raise AssertionError(f"{address} was never asked")


def saved(server: Server) -> tuple[float | None, float, str | None]:
    """Manual score, points of the tests, and comment of amara's lab."""
    with Gradebook(f"sqlite:///{server.folder / 'gradebook.db'}", "neural-networks-101") as gradebook:
        submission = gradebook.find_submission(LAB, "amara")
        grade = gradebook.find_grade(QUESTION, LAB, LAB, "amara")
        comment = gradebook.find_comment(QUESTION, LAB, LAB, "amara")
        return grade.manual_score, submission.code_score, comment.comment


def test_written_answer_is_scored_and_the_score_stays(page: Page, server: Server, tmp_path: Path) -> None:
    labs = len(list((server.folder / "source").iterdir()))
    page.goto(server.address("formgrader"))
    expect(page.get_by_role("link", name=re.compile(r"^\d\d_"))).to_have_count(labs)
    keep(page, tmp_path, "formgrader-labs")

    page.goto(server.address(f"formgrader/gradebook/{LAB}/{LAB}"))
    expect(page.get_by_role("link", name=re.compile("^Submission #"))).to_have_count(len(PEOPLE))
    page.get_by_role("button", name="Show All Names").click()
    page.get_by_role("link", name="amara").click()
    score, comment = page.locator(f"#{QUESTION}"), page.locator(f"#{QUESTION}-comment")
    expect(score).to_have_class(re.compile("needs_manual_grade"))
    keep(page, tmp_path, "formgrader-submission")
    assert fits(page)
    expect(page.get_by_text("Marking scheme (1 point)", exact=True)).to_have_count(
        2
    )  # of both written answers, and of no other
    score.fill("1,5")
    score.press("Tab")
    expect(score).to_have_js_property("validationMessage", "1,5 is more than the 1 of this answer: nothing was saved.")
    assert saved(server)[0] is None
    for field, text, what in ((score, "0,5", "grade"), (comment, COMMENT, "comment")):
        with page.expect_response(re.compile(f"/formgrader/api/{what}/")) as answer:
            field.fill(text)
            field.press("Tab")
        assert answer.value.ok
    assert saved(server) == (0.5, 10.0, COMMENT)

    assert "amara, 01_single_neuron: 10 of 10 points" in press(page, server, "autograde")  # the engine's own words
    assert saved(server) == (0.5, 10.0, COMMENT)
    autograder("grade", LAB, "--force", "--student", "amara", "--course-dir", server.folder)
    assert saved(server) == (0.5, 10.0, COMMENT)

    press(page, server, "generate-feedback")
    page.goto((server.folder / "feedback" / "amara" / LAB / f"{LAB}.html").as_uri())
    expect(page.get_by_text(COMMENT).first).to_be_visible()
    row = page.locator("tr", has=page.locator(f'a[href="#{QUESTION}"]'))
    expect(row).to_contain_text("0.5")
    expect(page.locator("body")).not_to_contain_text("HIDDEN TESTS")
    keep(page, tmp_path, "feedback")
    assert fits(page)


def test_a_second_look_needs_a_confirmation_only(page: Page, server: Server) -> None:
    """After another hand-in the points stay, marked, until a person presses Resolve."""
    path = server.folder / "submitted" / "amara" / LAB / "note.txt"
    path.write_text("second version", encoding="utf-8")
    autograder("grade", LAB, "--student", "amara", "--course-dir", server.folder)
    with Gradebook(f"sqlite:///{server.folder / 'gradebook.db'}", "neural-networks-101") as gradebook:
        notebook = gradebook.find_submission_notebook(LAB, LAB, "amara").id
    page.goto(server.address("formgrader"))  # which gives the page its cookies
    page.goto(server.address(f"formgrader/submissions/{notebook}/"))
    score = page.locator(f"#{QUESTION}")
    expect(score).to_have_class(re.compile("needs_manual_grade"))
    expect(score).to_have_value("0.5")
    resolve = page.locator(".nbgrader_cell", has=score).get_by_role("button", name="Resolve")
    assert pressed(page, resolve, "/formgrader/api/grade/").ok
    expect(score).not_to_have_class(re.compile("needs_manual_grade"))
    assert saved(server)[0] == 0.5


def test_report_shows_the_class(page: Page, server: Server, tmp_path: Path) -> None:
    autograder("report", "--course-dir", server.folder)
    page.goto((server.folder / "report" / "class.html").as_uri())
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("xavier").first).to_be_attached()
    pictures = page.locator("img, svg[role=img]").evaluate_all(
        "all => all.map(one => one.alt || one.getAttribute('aria-label') || one.querySelector('title')?.textContent)"
    )
    assert pictures
    assert all(pictures)
    assert fits(page)
    keep(page, tmp_path, "report")
