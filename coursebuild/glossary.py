"""The glossary: each term of the course in all its languages, with a link to the part of a lab that explains it.

`labs/glossary.csv` lists the terms in the order of the labs. How they are called in another language is in its
catalogue `glossary`. The page is built for the course and for each edition, at the same place.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from coursebuild.locale.words import Say
from coursebuild.parse import AuthoredLab
from coursebuild.problem import BuildError, Problem
from coursebuild.source import cell_ids

PATH = "docs/glossary.md"
AUTHORED = "labs/glossary.csv"
COLUMNS = ("term", "lab", "heading")
TITLE = "Glossary"
INTRODUCTION = (
    "The terms of the course, lab by lab, in English and in other languages. Each link leads to the part of a lab that "
    "explains the term."
)
WHERE = "where it is explained"
IN_ENGLISH = "in English"
IN_THIS_LANGUAGE = "in this language"
"""Its translation names the language of the translation, in this language."""
_HEADING = re.compile(r"#+\s+(.*)")


@dataclass(frozen=True)
class Term:
    """A term of the course.

    Attributes:
        name: in English.
        lab: the lab that explains it.
        heading: of the part that explains it, in English.
    """

    name: str
    lab: str
    heading: str


def read_terms(text: str, labs: Iterable[AuthoredLab]) -> list[Term]:
    """The terms of a glossary, in order.

    Raises:
        BuildError: a row has other columns, or names a part that is not there.
    """
    known = {lab.name: cells_of(lab) for lab in labs}
    terms, problems = [], []
    for line, row in enumerate(csv.reader(text.splitlines()), 1):
        if len(row) != len(COLUMNS) or (line == 1 and tuple(row) != COLUMNS):
            problems.append(
                Problem(AUTHORED, line, f"Each row has the columns {', '.join(COLUMNS)}.", (",".join(row),))
            )
        elif line > 1:
            term = Term(*row)
            if term.heading not in known.get(term.lab, {}):
                problems.append(Problem(AUTHORED, line, f"{term.lab} has no heading {term.heading}.", (",".join(row),)))
            terms.append(term)
    if problems:
        raise BuildError(problems)
    return terms


def messages(text: str) -> dict[str, str]:
    """What is to be translated -> what it is."""
    if not text:
        return {}
    rows = list(csv.reader(text.splitlines()))[1:]
    page = {
        TITLE: "heading",
        INTRODUCTION: "paragraph",
        WHERE: "heading of a column",
        IN_ENGLISH: "heading of a column",
        IN_THIS_LANGUAGE: "heading of a column: as `in English`, with your language in the place of English",
    }
    return page | {row[0]: f"term, explained in {row[1]}: {row[2]}" for row in rows if row}


def page(
    text: str, labs: Sequence[AuthoredLab], columns: Mapping[str, Say], say: Say, say_in: Callable[[str], Say]
) -> str:
    """The page.

    Args:
        text: of the glossary.
        labs: the labs, in English.
        columns: heading -> what gives a term in the language of the column.
        say: gives what the page itself says.
        say_in: lab -> what gives the lab's headings.

    Raises:
        BuildError: the glossary has a row that is not right.
    """
    cells = {lab.name: cells_of(lab) for lab in labs}
    lines = [f"# {say(TITLE, '')}", "", say(INTRODUCTION, "")]
    for lab, terms in groupby(read_terms(text, labs), key=lambda term: term.lab):
        headings = [*columns, say(WHERE, "")]
        title = next(iter(cells[lab]))
        lines += ["", f"## {say_in(lab)(title, '')}", "", _row(headings), _row(["---"] * len(headings))]
        for term in terms:
            heading = say_in(lab)(term.heading, "")
            link = f"[{heading}](../release/{lab}/{lab}.ipynb#cell-id={cells[lab][term.heading]})"
            lines.append(_row([*(column(term.name, "") for column in columns.values()), link]))
    return "\n".join(lines) + "\n"


def cells_of(lab: AuthoredLab) -> dict[str, str]:
    """Heading -> id of the cell that it is in, which is the same in all editions: JupyterLab goes there."""
    found: dict[str, str] = {}
    for cell, cell_id in zip(lab.cells, cell_ids(lab), strict=True):
        for heading in parts([cell.source]) if cell.is_markdown else ():
            found.setdefault(heading, cell_id)
    return found


def parts(texts: Iterable[str]) -> dict[str, str]:
    """Heading -> the text from it to the next heading, of the text cells of a lab."""
    found: dict[str, list[str]] = {}
    heading, is_code = "", False
    for line in (line for text in texts for line in text.splitlines()):
        is_code ^= line.startswith("```")
        if not is_code and (start := _HEADING.fullmatch(line)):
            heading = start[1].strip()
        if heading:
            found.setdefault(heading, []).append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
