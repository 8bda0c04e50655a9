"""The class report as CSV files, without the page's limits: students, exercises, mistakes, and what needs a look."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from autograder.files.spreadsheets import defused
from autograder.gradebook.statistics.values import ClassStatistics
from autograder.report.page import term_rows

FILES = ("students", "exercises", "mistakes", "attention")
Value = str | int | float | None


def csv_texts(statistics: ClassStatistics, sentences: Mapping[tuple[str, str], str], named: bool) -> dict[str, str]:
    """Content of each file of `FILES`, in that order.

    Args:
        sentences: (exercise, mistake) -> the sentence that students who made the mistake were shown.
        named: whether there is a column with the students' names.
    """
    return {
        "students": _students(statistics, named),
        "exercises": _exercises(statistics),
        "mistakes": _text(
            ("lab", "exercise", "mistake", "students", "answered", "sentence"),
            (
                (
                    *(mistake.lab, mistake.exercise, mistake.name, mistake.students, mistake.answered),
                    sentences.get(mistake.key, mistake.message),
                )
                for mistake in statistics.mistakes
            ),
        ),
        "attention": _text(
            ("lab", "student", "kind", "what"),
            [
                *((event.lab, event.student, event.kind, event.what) for event in statistics.attention),
                *(
                    (
                        score.lab,
                        score.student,
                        "manual grading waits",
                        f"{score.waiting} written answer{'s' * (score.waiting != 1)}",
                    )
                    for score in statistics.scores
                    if score.waiting
                ),
            ],
        ),
    }


def _students(statistics: ClassStatistics, named: bool) -> str:
    unanswered = {(lab, student) for lab, students in statistics.unanswered.items() for student in students}
    header = ["student", *(["name"] if named else [])]
    for lab in statistics.labs:
        header += [f"{lab} points", f"{lab} decided", f"{lab} maximum", f"{lab} status"]
    header += ["points", "decided", "share", "trend"]
    lines: list[list[Value]] = []
    for row in term_rows(statistics):
        line: list[Value] = [row.student, *([row.name] if named else [])]
        for lab, score in zip(statistics.labs, row.scores, strict=True):
            if score is None:
                line += [None, None, None, "not handed in"]
                continue
            states = [
                *(["waits for manual grading"] if score.waiting else []),
                *(["partly not gradable"] if not score.waiting and score.decided < score.max_points else []),
                *(["no answer"] if (lab, row.student) in unanswered else []),
                *(["late"] if score.late else []),
            ]
            points = (score.points, score.decided, score.max_points)
            line += [*map(_round, points), "; ".join(states) or "graded"]
        lines.append([*line, _round(row.points), _round(row.decided), _round(row.share), _round(row.trend)])
    return _text(header, lines)


def _exercises(statistics: ClassStatistics) -> str:
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
        "counted with an error carried forward",
        "weak: ran beside the student's code",
    )
    tested: list[tuple[Value, ...]] = [
        (
            *(exercise.lab, exercise.name, exercise.submitted),
            *(exercise.solved, exercise.partial, exercise.wrong, exercise.unanswered, exercise.not_gradable, 0),
            *(
                _round(exercise.share),
                _round(exercise.median_seconds),
                _round(exercise.p95_seconds),
                exercise.uncatalogued,
                exercise.carried,
                exercise.weak,
            ),
        )
        for exercise in statistics.exercises
    ]
    written: list[tuple[Value, ...]] = [
        (
            *(question.lab, question.name, question.submitted),
            *(None, None, None, question.unanswered, None, question.waiting),
            *(_round(question.share), None, None, None, None, None),
        )
        for question in statistics.written
    ]
    order = {lab: place for place, lab in enumerate(statistics.labs)}
    return _text(header, sorted(tested + written, key=lambda line: order[str(line[0])]))


def _text(header: Sequence[str], lines: Iterable[Sequence[Value]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([defused(value) if isinstance(value, str) else value for value in line] for line in lines)
    return buffer.getvalue()


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
