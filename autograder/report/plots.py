"""The plots of a report. Line styles, hatches and labels distinguish the series, not colour alone."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.gradebook.statistics.exercises import GROUPS
from autograder.gradebook.statistics.values import ExerciseStatistics
from autograder.language.translate import ENGLISH, Translator
from autograder.report.svg import FAINT, FILL, INK, SHADES, STYLE, inline_svg

LABELS = {
    "solved": "solved",
    "partial": "partly right",
    "wrong": "wrong",
    "unanswered": "not answered",
    "not_gradable": "not gradable",
}
_HATCHES = {"solved": "", "partial": "//", "wrong": "xx", "unanswered": "--", "not_gradable": "++"}


def distribution(lab: str, shares: Sequence[float], say: Translator = ENGLISH) -> str:
    """SVG of a histogram: students by share of the points (0 to 1; more counts as 1), in steps of ten percent."""
    counts, edges = np.histogram(np.clip(shares, 0.0, 1.0), bins=10, range=(0.0, 1.0))
    median = float(np.median(shares))
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.2, 2.3), layout="constrained")
        axes = figure.add_subplot()
        bars = axes.bar(edges[:-1] * 100, counts, width=9.4, align="edge", color=FILL)
        axes.bar_label(bars, labels=[str(count) if count else "" for count in counts], padding=1)
        axes.axvline(min(median, 1.0) * 100, color=INK, linestyle="--", linewidth=1.2)
        axes.set_xlabel(say(f"points reached in percent (dashed line: median, {median:.0%})"))
        axes.set_ylabel(say("students"))
        axes.set_xticks(range(0, 101, 10))
        axes.set_xlim(-1, 101)
        axes.margins(y=0.15)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    description = ", ".join(
        f"{low * 100:.0f} to {high * 100:.0f} %: {count}"
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
        if count
    )
    return inline_svg(
        figure,
        f"distribution-{_word(lab)}",
        f"{lab}: {say('points reached')}",
        say(f"Median {median:.0%}. Students by share: {description}."),
    )


def outcomes(lab: str, exercises: Sequence[ExerciseStatistics], say: Translator = ENGLISH) -> str:
    """SVG of one stacked bar per exercise: the number of students in each group."""
    names = [exercise.name for exercise in exercises]
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.2, 0.95 + 0.3 * len(names)), layout="constrained")
        axes = figure.add_subplot()
        left = np.zeros(len(names))
        for group, shade in zip(GROUPS, SHADES, strict=True):
            counts = np.array([getattr(exercise, group) for exercise in exercises])
            if counts.any():
                axes.barh(
                    names,
                    counts,
                    left=left,
                    height=0.68,
                    color=shade,
                    edgecolor=INK,
                    linewidth=0.5,
                    hatch=_HATCHES[group],
                    label=say(LABELS[group]),
                )
            left += counts
        axes.invert_yaxis()
        axes.set_xlim(0, max(left.max(), 1))
        axes.set_xlabel(say("students"))
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside upper center", ncols=5, frameon=False, handlelength=1.4, columnspacing=1.2)
    description = " ".join(
        f"{exercise.name}: " + ", ".join(f"{getattr(exercise, group)} {say(LABELS[group])}" for group in GROUPS) + "."
        for exercise in exercises
    )
    return inline_svg(figure, f"outcomes-{_word(lab)}", f"{lab}: {say('how each exercise went')}", description)


def term(labs: Sequence[str], shares: Sequence[Sequence[float]], say: Translator = ENGLISH) -> str:
    """SVG of the class over the term: median and quartiles of the share of the points, lab by lab."""
    low, middle, high = (
        np.array([np.percentile(lab_shares, percent) for lab_shares in shares]) * 100 for percent in (25, 50, 75)
    )
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.2, 2.4), layout="constrained")
        axes = figure.add_subplot()
        places = np.arange(len(labs))
        axes.vlines(places, low, high, color=FILL, linewidth=9, label=say("middle half of the class"))
        axes.plot(places, middle, color=INK, marker="o", linestyle="--", linewidth=1.2, label=say("median"))
        axes.set_xticks(places, [_short(lab) for lab in labs])
        axes.set_xlim(-0.5, len(labs) - 0.5)
        axes.set_ylim(0, max(105.0, float(high.max()) + 5))
        axes.set_ylabel(say("points reached, %"))
        axes.grid(axis="y", color=FAINT, linewidth=0.4)
        figure.legend(loc="outside upper center", ncols=2, frameon=False)
    description = " ".join(
        say(f"{lab}: median {value:.0f} %, middle half {first:.0f} to {third:.0f} %.")
        for lab, first, value, third in zip(labs, low, middle, high, strict=True)
    )
    return inline_svg(figure, "term", say("The class over the term"), description)


def sparkline(shares: Sequence[float | None]) -> str:
    """SVG of one student's shares as a tiny line, written directly because a class has thousands of them.

    A lab that was not handed in (``None``) is a gap.
    """
    step, height = 14, 16
    points = [
        (3 + step * place, height - 2 - (height - 4) * min(share, 1.0))
        for place, share in enumerate(shares)
        if share is not None
    ]
    line = " ".join(f"{x},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x}" cy="{y:.1f}" r="2"/>' for x, y in points)
    width = 6 + step * (len(shares) - 1)
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<polyline points="{line}"/>{dots}</svg>'
    )


def _short(lab: str) -> str:
    return lab.replace("_", " ", 1).replace("_", "\n", 1).replace("_", " ")


def _word(lab: str) -> str:
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in lab)
