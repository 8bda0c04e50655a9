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


def telling(students: int, told: int) -> str:
    """What the list can tell of this class, in one or two sentences.

    Args:
        students: how many were compared.
        told: of how many a copy would be listed that keeps nothing but the code.
    """
    if told == students:
        return "Of every notebook a copy would be listed, whatever its names, comments and sentences."
    if not told:
        return "All notebooks hold answers as others have them: only a copy that keeps more than the code is listed."
    return (
        f"Of {told} of the {students} notebooks a copy would be listed, whatever its names, comments and sentences. "
        "The others hold answers as others have them: of these only a copy that keeps more than the code is listed."
    )


def render_similar(pairs: Sequence[Pair], lab: str, students: int, told: int, names: Mapping[str, str]) -> str:
    """The page's HTML.

    Args:
        pairs: in the order in which they are shown.
        lab: name of the lab.
        students: how many were compared.
        told: of how many a copy would be listed that keeps nothing but the code.
        names: student id -> how to show the student; the id for one who is not in it.
    """
    environment = template_environment()
    style = environment.get_template("report.css").render()
    shown = [
        {
            "names": [names.get(work.student) or work.student for work in (pair.first, pair.second)],
            "reasons": pair.reasons(),
            "whole": pair.whole,
            "exercises": [(where, _sides(pair, where, names)) for where in _places(pair)],
        }
        for pair in pairs
    ]
    page = environment.get_template("similar.html")
    return page.render(pairs=shown, lab=lab, students=students, telling=telling(students, told), style=Markup(style))


def _places(pair: Pair) -> list[str]:
    """The exercises that are shown: those that count or, where only the files tell, all that both have."""
    both = [{where for where, _ in work.cells} for work in (pair.first, pair.second)]
    return list(pair.shares) or sorted(both[0] & both[1])


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
