"""Writes docs/withstanding.md from the cases of the corpus: `python -m tests.corpus.table`."""

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

This page lists {count} submissions to a small lab with two exercises: `square` (2 points) and `scale` (1 + 2 points).
`tests/corpus` grades all of them with the real engine, in one worker with one sandbox, and compares the verdict,
points, sentences and sightings of each with the tables below. `tests/corpus/test_batch.py` grades nine ordinary
submissions right after each of the worst ones and checks that they get the same results as on their own.
`tests/corpus/test_catalogue_engine.py` grades every catalogued mistake and every unusual right answer of the course in
the same way.

How to read the tables:

- A submission answers everything correctly that its description does not mention. "Both pass" therefore means that the
  attack or accident neither cost nor gained anything.
- *Reported* means that the instructor reads what was observed, as a fact. The student loses no points for it.
- The last column shows what nbgrader 0.9.6 does without this engine: its points, where
  `python -m tests.corpus.plain` measured them on the same submission, and what is known from its code or from an
  earlier measurement with a lab of 15 points. An empty cell was not measured; some of these submissions would harm the
  machine.

Some things no grader can detect:

- An answer that returns the right values for all tested inputs is right, even if it has stored them. Hidden tests
  therefore use inputs that nobody can foresee. A function sees the inputs that it is called with.
- All cells of a student share one process, so one cell can break it for the others. A test that fails after such a cell
  runs once more without it. A timer or a thread that acts later may still cost the same student other answers, but it
  never affects another student.
- *Reported* facts are what Python itself announces: paths, network addresses, libraries and hooks that a cell, its
  threads and its finalizers use. What compiled code (such as a C library loaded through ctypes, which is reported) or
  another process does is not seen, and a student who knows how can hide more. The sandbox refuses it all the same.
- Memory is looked at five times a second. Between two looks a submission may hold more than its limit. Pipes are not
  counted: the kernel lets all pipes of one user hold 64 MiB. At the isolation level "landlock", files on a disk in
  memory (a /tmp that is a tmpfs) are not counted either.
- A student who replaces the runner's code around their own functions can hide that a function with right values also
  changed its arguments.
"""


def page() -> str:
    """The page's text."""
    groups = categories()
    measured = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    parts = [HEAD.format(count=sum(map(len, groups.values())))]
    for title, cases in groups.items():
        parts.append(
            f"## {title}\n\n| What the submission does | Required result | Plain nbgrader |\n| --- | --- | --- |"
        )
        parts[-1] += "".join("\n" + _row(case, measured.get(case.name, "")) for case in cases) + "\n"
    return "\n".join(parts)


def _row(case: Case, measured: str) -> str:
    measured = f"{measured} points" if measured.endswith("of 5") else measured
    cells = (f"It {case.does}.", must(case), "; ".join(filter(None, (measured, case.plain))))
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def must(case: Case) -> str:
    """The required result, in words."""
    if case.problem is not None:
        verdicts = "Not gradable: the reason is reported, and nothing counts as 0"
    elif case.square == case.scale:
        verdicts = "Both pass" if case.square == PASSED else f"Both: {case.square}"
    else:
        verdicts = f"`square`: {case.square}; `scale`: {case.scale}"
    more = [case.outcome] if case.outcome else []
    more += ["the written answer waits for a person"] if case.waits else []
    more += ["reported"] if case.sighted else []
    return "; ".join([verdicts, *more])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
