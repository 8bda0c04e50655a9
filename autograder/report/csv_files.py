"""The same figures as CSV, everything in full: students, exercises, mistakes, and what needs a look."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from autograder.gradebook.statistics_data import Figures
from autograder.report.page import term_rows

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Value = str | int | float | None


def csv_texts(figures: Figures, sentences: Mapping[tuple[str, str], str], named: bool) -> dict[str, str]:
    """Content of each file by what is in it; see `FILES` for the order."""
    return {
        "students": _students(figures, named),
        "exercises": _exercises(figures),
        "mistakes": _text(
            ("lab", "exercise", "mistake", "students", "answered", "sentence"),
            (
                (*(each.lab, each.exercise, each.name, each.students, each.answered), sentences.get(each.key, ""))
                for each in figures.mistakes
            ),
        ),
        "attention": _text(
            ("lab", "student", "kind", "what"),
            [
                *((each.lab, each.student, each.kind, each.what) for each in figures.attention),
                *(
                    (score.lab, score.student, "manual grading waits", f"{score.waiting} written answers")
                    for score in figures.scores
                    if score.waiting
                ),
            ],
        ),
    }


FILES = ("students", "exercises", "mistakes", "attention")


def _students(figures: Figures, named: bool) -> str:
    untouched = {(lab, student) for lab, students in figures.untouched.items() for student in students}
    header = ["student", *(["name"] if named else [])]
    for lab in figures.labs:
        header += [f"{lab} points", f"{lab} decided", f"{lab} most", f"{lab} status"]
    header += ["points", "decided", "share", "trend"]
    lines: list[list[Value]] = []
    for row in term_rows(figures):
        line: list[Value] = [row.student, *([row.name] if named else [])]
        for lab, score in zip(figures.labs, row.scores, strict=True):
            if score is None:
                line += [None, None, None, "not handed in"]
                continue
            states = [
                *(["waits for manual grading"] if score.waiting else []),
                *(["partly not gradable"] if not score.waiting and score.decided < score.most else []),
                *(["no answer"] if (lab, row.student) in untouched else []),
                *(["late"] if score.late else []),
            ]
            line += [_round(score.points), _round(score.decided), _round(score.most), "; ".join(states) or "graded"]
        lines.append([*line, _round(row.points), _round(row.decided), _round(row.share), _round(row.trend)])
    return _text(header, lines)


def _exercises(figures: Figures) -> str:
    header = (
        "lab",
        "exercise",
        "handed in",
        "solved",
        "partly right",
        "wrong",
        "not answered",
        "not gradable",
        "waits for manual grading",
        "share of points",
        "median seconds",
        "95 % seconds",
        "mistake not in the catalogue",
    )
    tested: list[tuple[Value, ...]] = [
        (
            *(each.lab, each.name, each.handed),
            *(each.solved, each.partly, each.wrong, each.untouched, each.unclear, 0),
            *(_round(each.share), _round(each.median), _round(each.slow), each.uncatalogued),
        )
        for each in figures.exercises
    ]
    written: list[tuple[Value, ...]] = [
        (
            *(each.lab, each.name, each.handed),
            *(None, None, None, each.untouched, None, each.waiting),
            *(_round(each.share), None, None, None),
        )
        for each in figures.written
    ]
    order = {lab: place for place, lab in enumerate(figures.labs)}
    return _text(header, sorted(tested + written, key=lambda line: order[str(line[0])]))


def _text(header: Sequence[str], lines: Iterable[Sequence[Value]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([_defused(value) for value in line] for line in lines)
    return buffer.getvalue()


def _defused(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
