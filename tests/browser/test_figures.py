"""The text of every figure has room, in every language of the course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coursebuild.build import read_labs
from coursebuild.course import read_course
from coursebuild.locale.edition import translated_figures
from tests.browser.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
MISFITS = (Path(__file__).parent / "misfits.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> dict[str, str]:
    """Language and file name -> SVG."""
    course = read_course(ROOT)
    found = {f"en {name}": svg for name, svg in course.figures.items() if name.endswith(".svg")}
    for language, edition in course.editions.items():
        translated = translated_figures(read_labs(course), course, edition)
        found |= {f"{language} {name}": svg for name, svg in translated.items()}
    return {name: svg.decode() for name, svg in found.items()}


def test_texts_fit(figures: dict[str, str], page: Page) -> None:
    misfits = {}
    for name, svg in figures.items():
        page.set_content(svg)
        misfits[name] = page.evaluate(MISFITS)
    assert len(misfits) >= 18
    assert misfits == {name: [] for name in misfits}


@pytest.mark.parametrize(
    ("texts", "misfit"),
    [
        ('<text x="80" y="20">far too long for this</text>', "far too long for this: outside"),
        ('<text x="5" y="20">one text</text><text x="40" y="22">another</text>', "one text: over another"),
        ('<rect x="5" y="5" width="40" height="30"/><text x="9" y="20">so long</text>', "so long: wider"),
    ],
)
def test_what_does_not_fit_is_found(texts: str, misfit: str, page: Page) -> None:
    page.set_content(f'<svg viewBox="0 0 120 60" width="120" height="60">{texts}</svg>')
    assert page.evaluate(MISFITS)[0].startswith(misfit)
