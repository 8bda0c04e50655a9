"""The report as one self-contained HTML page: plots inline, no script, no network."""

from __future__ import annotations

import ast
import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from typing import Any

from markupsafe import Markup

from autograder.gradebook.statistics.values import Attention, ClassStatistics, Score
from autograder.language.translate import ENGLISH, Translator
from autograder.report import plots
from autograder.report.environment import template_environment
from autograder.similar.pairs import Pair

MOST_ROWS = 300  # in the table of students; the CSV file has all
MOST_NAMES = 40  # in one list of names; the CSV file has all
MOST_MISTAKES = 12  # of one lab that are shown at once; the others fold out
MOST_REASONS = 3  # of one pair of similar notebooks
LONGEST = 300  # characters of one quoted sentence


@dataclass(frozen=True)
class StudentRow:
    """One student over the term.

    Attributes:
        scores: one per lab, ``None`` for a lab that was not handed in.
        points, decided: sums over the labs that were handed in.
        trend: share of the last lab minus the mean share of the earlier ones, -1 to 1; ``None`` with fewer than two.
    """

    student: str
    name: str
    scores: tuple[Score | None, ...]
    points: float
    decided: float
    trend: float | None

    @property
    def share(self) -> float | None:
        """Share of the decided points in the labs that were handed in; ``None`` while nothing is decided."""
        return self.points / self.decided if self.decided else None

    @property
    def shares(self) -> list[float | None]:
        """Share of each lab."""
        return [score.share if score else None for score in self.scores]


@dataclass(frozen=True)
class Page:
    """What the page shows besides the statistics.

    Attributes:
        title: name of the course.
        made: time at which the gradebook was read, UTC.
        sentences: (exercise, mistake) -> the sentence that students who made the mistake were shown.
        files: the CSV files beside the page, content -> file name.
        named: whether students' names are shown.
        similar: lab -> pairs who share what is rare, of the labs that were compared.
        language: of the page.
        say: translates into it.
    """

    title: str
    made: datetime.datetime
    sentences: Mapping[tuple[str, str], str]
    files: Mapping[str, str]
    named: bool = True
    similar: Mapping[str, Sequence[Pair]] = field(default_factory=dict)
    language: str = "en"
    say: Translator = ENGLISH


def term_rows(statistics: ClassStatistics) -> list[StudentRow]:
    """One row per student, in order of student id."""
    scores: dict[str, dict[str, Score]] = defaultdict(dict)
    for score in statistics.scores:
        scores[score.student][score.lab] = score
    rows = []
    for student, name in statistics.students.items():
        own = scores[student]
        shares = [own[lab].share for lab in statistics.labs if lab in own]
        known = [share for share in shares if share is not None]
        rows.append(
            StudentRow(
                student,
                name,
                tuple(own.get(lab) for lab in statistics.labs),
                sum(score.points for score in own.values()),
                sum(score.decided for score in own.values()),
                known[-1] - fmean(known[:-1]) if len(known) > 1 else None,
            )
        )
    return rows


def sentences_of(folder: Path) -> dict[tuple[str, str], str]:
    """(exercise, mistake) -> its sentence, from a folder of catalogued mistakes; skips files that do not parse."""
    sentences = {}
    for path in sorted(folder.glob("*/*.py")):
        try:
            text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        except (SyntaxError, ValueError, OSError):
            continue
        sentences[path.parent.name, path.stem] = " ".join(text.split())
    return sentences


def render(statistics: ClassStatistics, page: Page) -> str:
    """The page's HTML."""
    environment = template_environment()
    filters: dict[str, Callable[..., str]] = {
        "percent": _percent,
        "signed": _signed,
        "points": _points,
        "seconds": _seconds,
        "delay": lambda seconds: page.say(_delay(seconds)),
        "say": lambda text, **values: page.say.message(text, **values) if values else page.say(str(text)),
        "words": _words,
        "cut": _cut,
    }
    environment.filters |= filters
    rows = term_rows(statistics)
    shown = rows
    if len(rows) > MOST_ROWS:
        shown = sorted(rows, key=lambda row: -1.0 if row.share is None else row.share)[:MOST_ROWS]
    style = environment.get_template("report.css").render()
    return environment.get_template("report.html").render(
        page=page,
        statistics=statistics,
        style=Markup(style),
        labs=[_lab(statistics, lab, page) for lab in statistics.labs],
        term_plot=_term_plot(statistics, page.say),
        rows=shown,
        row_count=len(rows),
        spark=lambda row: Markup(plots.sparkline(row.shares)),
        most_names=MOST_NAMES,
        most_mistakes=MOST_MISTAKES,
        most_reasons=MOST_REASONS,
        show=lambda student: statistics.students.get(student) or student,
    )


def _lab(statistics: ClassStatistics, lab: str, page: Page) -> dict[str, Any]:
    scores = [score for score in statistics.scores if score.lab == lab]
    shares = [score.share for score in scores if score.share is not None]
    exercises = [exercise for exercise in statistics.exercises if exercise.lab == lab]
    attention = [event for event in statistics.attention if event.lab == lab]
    waiting = [score for score in scores if score.waiting]
    return {
        "name": lab,
        "submitted": len(scores),
        "late": [score for score in scores if score.late],
        "missing": statistics.missing(lab),
        "unanswered": statistics.unanswered.get(lab, []),
        "waiting": waiting,
        "waiting_answers": sum(score.waiting for score in waiting),
        "median": median(shares) if shares else None,
        "plot": Markup(plots.distribution(lab, shares, page.say)) if shares else None,
        "exercises": exercises,
        "exercise_plot": Markup(plots.outcomes(lab, exercises, page.say)) if exercises else None,
        "written": [question for question in statistics.written if question.lab == lab],
        "mistakes": [
            (mistake, page.sentences.get(mistake.key, mistake.message))
            for mistake in statistics.mistakes
            if mistake.lab == lab
        ],
        "similar": page.similar.get(lab, ()),
        "attention": _by_kind(attention),
        "attention_students": len({event.student for event in attention}),
    }


def _by_kind(attention: Sequence[Attention]) -> list[tuple[str, int, list[Attention]]]:
    """Each kind with the number of students it concerns, largest first, and its events."""
    students = Counter(kind for kind, _ in {(event.kind, event.student) for event in attention})
    return [
        (kind, count, [event for event in attention if event.kind == kind])
        for kind, count in sorted(students.items(), key=lambda item: (-item[1], item[0]))
    ]


def _term_plot(statistics: ClassStatistics, say: Translator) -> Markup | None:
    shares = {
        lab: [score.share for score in statistics.scores if score.lab == lab and score.share is not None]
        for lab in statistics.labs
    }
    decided = {lab: lab_shares for lab, lab_shares in shares.items() if lab_shares}
    return Markup(plots.term(list(decided), list(decided.values()), say)) if len(decided) > 1 else None


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


def _delay(seconds: float) -> str:
    """How late something was handed in; nobody knows for 0."""
    if not seconds:
        return "marked late by the LMS"
    minutes = max(round(seconds / 60), 1)
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    return " ".join([f"{number} {unit}" for number, unit in parts if number][:2]) + " late"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
