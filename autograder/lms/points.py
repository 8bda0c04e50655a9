"""Scores in the points of an LMS, whose maximum may differ from the lab's."""

from __future__ import annotations


def parse_points(text: str) -> float | None:
    """A number of points as an LMS writes it, with a decimal comma or point; ``None`` unless it is above zero."""
    try:
        return max(float(text.strip().replace(",", ".")), 0.0) or None
    except ValueError:
        return None


def scaled(score: float, max_score: float, maximum: str, what: str, notes: list[str]) -> float:
    """The score in the LMS's points.

    Args:
        score: points in the lab.
        max_score: maximum points of the lab.
        maximum: the LMS's maximum, as it writes it.
        what: name of that maximum, for the note.
        notes: gets one sentence when scores are scaled.
    """
    wanted = parse_points(maximum)
    if wanted is None or not max_score or wanted == max_score:
        return score
    note = f"Scores are given out of {wanted:g} ({what}) instead of the lab's {max_score:g}."
    if note not in notes:
        notes.append(note)
    return score * wanted / max_score
