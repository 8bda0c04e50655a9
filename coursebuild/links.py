"""Links in text cells. A relative link cannot be correct in three folders at once, so only three kinds are allowed.

`[Lab 2](../02_two_neurons/02_two_neurons.ipynb)` is adapted to the folder that the notebook is built into,
`[above](#The-task)` must name a heading of the same lab, in the form of Jupyter's anchors, and `[sheet](sheet.html)` a
page `labs/sheet.html`, which the build puts beside each notebook that links to it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from coursebuild.figures import IMAGE
from coursebuild.parse import AuthoredCell, AuthoredLab
from coursebuild.problem import Problem

_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_UNKNOWN_IMAGE = re.compile(r"<img|!\[", re.IGNORECASE)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def inclass_name(lab: str) -> str:
    """File name of a lab's in-class copy, which nobody takes for the graded notebook."""
    return f"{lab}_in_class.ipynb"


def linked_pages(lab: AuthoredLab, pages: Iterable[str]) -> list[str]:
    """Those of the pages that a lab links to."""
    targets = {match["target"] for cell in lab.cells if cell.is_markdown for match in _LINK.finditer(cell.source)}
    return [name for name in pages if name in targets]


def place_links(markdown: str, labs: Container[str], place: str) -> str:
    """Adapt links to other labs for notebooks in the folder `place` ("release" or "notebooks")."""

    def replace(match: re.Match[str]) -> str:
        lab = _linked_lab(match["target"])
        if lab not in labs:
            return match[0]
        path = inclass_name(lab) if place == "notebooks" else f"../{lab}/{lab}.ipynb"
        return f"[{match['text']}]({path})"

    return _LINK.sub(replace, markdown)


def broken_links(lab: AuthoredLab, labs: Container[str], pages: Container[str] = ()) -> list[Problem]:
    """Links without a target, and images in a form that the build cannot attach to the notebook."""
    texts = [
        (cell, _CODE.sub(lambda match: re.sub(".", " ", match[0]), cell.source))
        for cell in lab.cells
        if cell.is_markdown
    ]
    anchors = {anchor for _, text in texts for anchor in _anchors(text)}
    problems = []
    for cell, text in texts:
        for match in _UNKNOWN_IMAGE.finditer(IMAGE.sub(lambda match: re.sub("[^\n]", " ", match[0]), text)):
            message = "Write images as ![what it shows](figures/name.svg), so that the notebook file contains them."
            problems.append(_problem(lab, cell, match, message))
        for match in _LINK.finditer(text):
            target = match["target"]
            known = target.startswith(("https://", "http://", "mailto:")) or target.removeprefix("#") in anchors
            if not known and target not in pages and _linked_lab(target) not in labs:
                where = "a heading of this lab, another lab, a page labs/<name>.html or a web address"
                message = f"The link {target} leads nowhere: link to {where}."
                problems.append(_problem(lab, cell, match, message))
    return problems


def _linked_lab(target: str) -> str:
    """Name of the lab that a link leads to, or "" if it does not lead to a notebook."""
    name, _, kind = target.rpartition("/")[2].rpartition(".")
    return name if kind in ("py", "ipynb") else ""


def _problem(lab: AuthoredLab, cell: AuthoredCell, match: re.Match[str], message: str) -> Problem:
    number = match.string.count("\n", 0, match.start()) + 1
    return Problem(lab.path, cell.line + number, message, (cell.source.splitlines()[number - 1],))


def _anchors(text: str) -> list[str]:
    return [re.sub(r"\s+", "-", heading.strip()) for heading in re.findall(r"(?m)^#+\s+(.*)$", text)]
