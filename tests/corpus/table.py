"""Writes docs/withstanding.md from the corpus: `python -m tests.corpus.table`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.corpus.case import PASSED, Case
from tests.corpus.cases import categories

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "withstanding.md"
MEASURED = Path(__file__).with_name("plain.json")

HEAD = """\
# What grading withstands

<!-- Written by `python -m tests.corpus.table` from tests/corpus. Change the cases there, not this page. -->

{count} submissions to a small lab of two exercises: `square` (2 points) and `scale` (1 + 2 points). `tests/corpus`
grades all of them with the real engine, in one worker with one sandbox, and compares verdict, points, sentences and
sightings of each with what stands here. `tests/corpus/test_batch.py` grades nine ordinary submissions right after
each of the worst, and they get what they get alone. `tests/corpus/test_catalogue_engine.py` does with every catalogued
mistake and every unusual right answer of the course what is done here with attacks and accidents.

How to read it:

- A submission answers rightly whatever is not spoken of. "Both pass" therefore means: the attack or accident cost
  nothing and gained nothing.
- *Reported* means that the instructor reads what was seen, as a fact, and the student loses no points for it.
- Plain nbgrader's column holds what nbgrader 0.9.6 without this engine does: its points, where they were measured
  by `python -m tests.corpus.plain` on the same submission, and what is known from its code or from an earlier
  measurement with a lab of 15 points. Empty: not measured; some would harm the machine.

What no grader can tell apart: an answer that gives the right values for all that is asked is right, even where it has
them stored, so hidden tests ask for inputs that nobody can foresee. The inputs themselves are seen by the function that
is called with them. All of a student's cells share one process, so one of them can spoil it for the others: a test that
fails after such a cell runs once more without it, but a timer or a thread that strikes later may still cost the same
student other answers; nobody else loses anything. And a student who rewrites the runner around their own functions can
hide that a function with right values also changed its arguments.
"""


def page() -> str:
    """The page's text."""
    groups = categories()
    measured = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    parts = [HEAD.format(count=sum(map(len, groups.values())))]
    for title, cases in groups.items():
        parts.append(
            f"## {title}\n\n| What the submission does | What must happen | Plain nbgrader |\n| --- | --- | --- |"
        )
        parts[-1] += "".join("\n" + _row(case, measured.get(case.name, "")) for case in cases) + "\n"
    return "\n".join(parts)


def _row(case: Case, measured: str) -> str:
    measured = f"{measured} points" if measured.endswith("of 5") else measured
    cells = (f"It {case.does}.", must(case), "; ".join(filter(None, (measured, case.plain))))
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def must(case: Case) -> str:
    """What must happen, in words."""
    if case.problem is not None:
        told = "Not gradable: the reason is told, nothing counts as 0"
    elif case.square == case.scale:
        told = "Both pass" if case.square == PASSED else f"Both: {case.square}"
    else:
        told = f"`square`: {case.square}; `scale`: {case.scale}"
    more = [case.outcome] if case.outcome else []
    more += ["reported"] if case.sighted else []
    return "; ".join([told, *more])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
