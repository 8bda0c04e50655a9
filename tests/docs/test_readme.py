"""The README in each language says the same where that can be told: labs, the example class, what to type first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coursebuild.locale.languages import languages
from examples.people import PEOPLE
from tests.docs.pages import ROOT, links, shell_lines

README = ROOT / "README.md"
OTHERS = [ROOT / f"README.{language}.md" for language in languages(ROOT)]


@pytest.mark.parametrize("path", [README, *OTHERS], ids=lambda path: path.name)
def test_all_labs_are_in_the_table_and_all_students_in_the_class(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \| .+ \|$", text, re.MULTILINE)
    assert named == sorted(lab.stem for lab in (ROOT / "labs").glob("[0-9]*.py"))
    assert f" {len(PEOPLE)} " in text


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_each_leads_to_the_other(path: Path) -> None:
    assert path.name in links(README.read_text(encoding="utf-8"))
    assert README.name in links(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_the_first_five_minutes_are_the_same(path: Path) -> None:
    """What is typed there; the other language may add what is about it."""
    text = README.read_text(encoding="utf-8")
    start = text[text.index("## The first five minutes") : text.index("To try the labs as in class")]
    typed = [line for line in shell_lines(start) if line.startswith(("make", "source", "cd", "autograder", "jupyter"))]
    assert len(typed) >= 6
    other = shell_lines(path.read_text(encoding="utf-8"))
    left = [line for line in typed if not any(one.startswith(line) for one in other)]
    assert left == []
