"""Similar work as one self-contained HTML page: each pair with what is rare in common, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from autograder.report.environment import template_environment
from autograder.similar.pairs import Pair

MAX_LINES = 400
"""Lines of one exercise that are shown."""


@dataclass(frozen=True)
class Side:
    """One student's text of one exercise: (line, whether it is in common)."""

    student: str
    lines: list[tuple[str, bool]]


def render_similar(pairs: Sequence[Pair], lab: str, students: int, names: Mapping[str, str]) -> str:
    """The page's HTML.

    Args:
        pairs: in the order in which they are shown.
        lab: name of the lab.
        students: how many were compared.
        names: student id -> how to show the student; the id for one who is not in it.
    """
    environment = template_environment()
    style = environment.get_template("report.css").render()
    shown = [
        {
            "names": [names.get(work.student) or work.student for work in (pair.first, pair.second)],
            "reasons": pair.reasons(),
            "whole": pair.whole,
            "exercises": [(where, _sides(pair, where, names)) for where in pair.shares],
        }
        for pair in pairs
    ]
    return environment.get_template("similar.html").render(pairs=shown, lab=lab, students=students, style=Markup(style))


def _sides(pair: Pair, where: str, names: Mapping[str, str]) -> list[Side]:
    sides = []
    for work in (pair.first, pair.second):
        places = [work.features[each.feature] for each in pair.shared if each.feature.where == where]
        common = {line for first, last in places if first for line in range(first, last + 1)}
        lines = work.text(where).splitlines()
        marked = [(line, number in common and bool(line.strip())) for number, line in enumerate(lines[:MAX_LINES], 1)]
        if len(lines) > MAX_LINES:
            marked.append((f"… and {len(lines) - MAX_LINES} more lines", False))
        sides.append(Side(names.get(work.student) or work.student, marked))
    return sides
