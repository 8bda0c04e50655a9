"""The report as one HTML page that needs nothing else: no network, no script, plots inside."""

from __future__ import annotations

import ast
import datetime
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.gradebook.statistics_data import Attention, Figures, Score
from autograder.report import plots

MOST_ROWS = 300  # of the table of students; the CSV file has them all
MOST_NAMES = 40  # of one list of names; the CSV file has them all
MOST_MISTAKES = 12  # of one lab, shown at once; the others fold out
LONGEST = 300  # characters of one quoted sentence


@dataclass(frozen=True)
class Row:
    """One student over the term.

    Attributes:
        scores: one a lab, ``None`` for a lab that is not handed in.
        points, decided: sums over the labs that are handed in.
        trend: the last lab's share less the mean of the earlier ones', -1 to 1; ``None`` with fewer than two.
    """

    student: str
    name: str
    scores: tuple[Score | None, ...]
    points: float
    decided: float
    waiting: int
    trend: float | None

    @property
    def share(self) -> float | None:
        """Share of the points decided in the labs that are handed in."""
        return self.points / self.decided if self.decided else None

    @property
    def shares(self) -> list[float | None]:
        """Share of each lab."""
        return [score.share if score else None for score in self.scores]


@dataclass(frozen=True)
class Page:
    """How a page presents itself.

    Attributes:
        title: name of the course.
        made: when the figures were asked for.
        sentences: (exercise, mistake) -> the sentence that students who made it got.
        files: the CSV files beside the page, what is in it -> file name.
        named: whether students' names are shown.
    """

    title: str
    made: datetime.datetime
    sentences: Mapping[tuple[str, str], str]
    files: Mapping[str, str]
    named: bool = True


def term_rows(figures: Figures) -> list[Row]:
    """One row a student, in the order of their ids."""
    scores: dict[str, dict[str, Score]] = defaultdict(dict)
    for score in figures.scores:
        scores[score.student][score.lab] = score
    rows = []
    for student, name in figures.students.items():
        own = scores[student]
        shares = [own[lab].share for lab in figures.labs if lab in own]
        known = [share for share in shares if share is not None]
        rows.append(
            Row(
                student,
                name,
                tuple(own.get(lab) for lab in figures.labs),
                sum(score.points for score in own.values()),
                sum(score.decided for score in own.values()),
                sum(score.waiting for score in own.values()),
                known[-1] - statistics.fmean(known[:-1]) if len(known) > 1 else None,
            )
        )
    return rows


def sentences_of(folder: Path) -> dict[tuple[str, str], str]:
    """(exercise, mistake) -> its sentence, from a folder of catalogued mistakes; a broken file has none."""
    found = {}
    for path in sorted(folder.glob("*/*.py")):
        try:
            text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        except (SyntaxError, ValueError, OSError):
            continue
        found[path.parent.name, path.stem] = " ".join(text.split())
    return found


def render(figures: Figures, page: Page) -> str:
    """The whole page."""
    environment = Environment(
        loader=PackageLoader("autograder.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": _percent,
        "signed": _signed,
        "points": _points,
        "seconds": _seconds,
        "words": _words,
        "cut": _cut,
    }
    rows = term_rows(figures)
    shown = rows
    if len(rows) > MOST_ROWS:
        shown = sorted(rows, key=lambda row: -1.0 if row.share is None else row.share)[:MOST_ROWS]
    style = environment.get_template("report.css").render()
    return environment.get_template("report.html").render(
        page=page,
        figures=figures,
        style=Markup(style),
        labs=[_lab(figures, lab, page) for lab in figures.labs],
        term_plot=_term_plot(figures),
        rows=shown,
        row_count=len(rows),
        spark=lambda row: Markup(plots.sparkline(row.shares)),
        most_names=MOST_NAMES,
        most_mistakes=MOST_MISTAKES,
        show=lambda student: figures.students.get(student) or student,
    )


def _lab(figures: Figures, lab: str, page: Page) -> dict[str, Any]:
    scores = [score for score in figures.scores if score.lab == lab]
    shares = [score.share for score in scores if score.share is not None]
    exercises = [each for each in figures.exercises if each.lab == lab]
    attention = [each for each in figures.attention if each.lab == lab]
    waiting = [score for score in scores if score.waiting]
    return {
        "name": lab,
        "handed": len(scores),
        "late": sum(score.late for score in scores),
        "missing": figures.missing(lab),
        "untouched": figures.untouched.get(lab, []),
        "waiting": waiting,
        "waiting_answers": sum(score.waiting for score in waiting),
        "median": statistics.median(shares) if shares else None,
        "plot": Markup(plots.distribution(lab, shares)) if shares else None,
        "exercises": exercises,
        "exercise_plot": Markup(plots.outcomes(lab, exercises)) if exercises else None,
        "written": [each for each in figures.written if each.lab == lab],
        "mistakes": [(each, page.sentences.get(each.key, "")) for each in figures.mistakes if each.lab == lab],
        "attention": _by_kind(attention),
        "attention_students": len({each.student for each in attention}),
    }


def _by_kind(attention: Sequence[Attention]) -> list[tuple[str, int, list[Attention]]]:
    """Kinds by how many students they concern, most first."""
    students = Counter(kind for kind, _ in {(each.kind, each.student) for each in attention})
    return [
        (kind, count, [each for each in attention if each.kind == kind])
        for kind, count in sorted(students.items(), key=lambda item: (-item[1], item[0]))
    ]


def _term_plot(figures: Figures) -> Markup | None:
    shares = {
        lab: [score.share for score in figures.scores if score.lab == lab and score.share is not None]
        for lab in figures.labs
    }
    known = {lab: each for lab, each in shares.items() if each}
    return Markup(plots.term(list(known), list(known.values()))) if len(known) > 1 else None


def _percent(share: float | None) -> str:
    return "\N{EN DASH}" if share is None else f"{share:.0%}".replace("%", " %")


def _signed(share: float) -> str:
    points = round(share * 100)
    return f"{points:+d}".replace("-", "\N{MINUS SIGN}") if points else "0"


def _points(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return "\N{EN DASH}"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
