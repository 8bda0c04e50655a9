"""What is drawn in a Matplotlib figure, and whether anybody can see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from check.facts import Array, Wrong, holds, shown

WANTED = {"sigmoid": (0.1192, 0.5, 0.8808), "tanh": (-0.9640, 0.0, 0.9640)}  # values at -2, 0 and 2
MOST_OTHERS = 4


@dataclass(frozen=True)
class Drawn:
    """One curve.

    Attributes:
        ax: the axes in which it is.
        artist: the line or collection that draws it.
        points: (n, 2), sorted by x.
        colours: all colours with opacity that it is drawn in, (4,) each.
    """

    ax: Any
    artist: Any
    points: Array
    colours: list[Any]

    @property
    def heights(self) -> Array:
        """Its values at -2, 0 and 2, shape (3,)."""
        return np.interp([-2, 0, 2], *self.points.T)

    @property
    def is_over_x(self) -> bool:
        """Whether it has 500 points from -5 to 5."""
        return len(self.points) == 500 and np.allclose(self.points[[0, -1], 0], [-5, 5], atol=1e-4)

    def is_like(self, name: str) -> bool:
        """Whether it has the values of the sigmoid or the tanh."""
        return np.allclose(self.heights, WANTED[name], atol=1e-3)


def drawn(fig: Any) -> list[Drawn]:
    """Every curve of a figure, insets and collections included."""
    from matplotlib.figure import FigureBase

    kind = type(fig).__name__
    holds(
        isinstance(fig, FigureBase),
        f"fig must be a Matplotlib figure, but it is of type {kind}: take the first result of plt.subplots()",
    )
    found = []
    for ax in [ax for outer in fig.axes for ax in (outer, *outer.child_axes)]:  # a child is an inset
        found += [_line(ax, line) for line in ax.get_lines()]
        found += [curve for group in ax.collections for curve in _collection(ax, group)]
    sentence = (
        "The figure `fig` is empty: make the figure first, then draw into it with plot or scatter "
        "(after plt.show() a new figure begins)"
    )
    holds(found, sentence)
    tidy = [(curve, curve.points[np.isfinite(curve.points).all(axis=1)]) for curve in found]
    return [Drawn(c.ax, c.artist, points[np.argsort(points[:, 0])], c.colours) for c, points in tidy if len(points)]


def _line(ax: Any, line: Any) -> Drawn:
    from matplotlib.colors import to_rgba

    has_stroke = line.get_linestyle() != "None" and line.get_linewidth() >= 0.1
    has_marker = str(line.get_marker()).strip().lower() not in ("", "none") and line.get_markersize() >= 0.1
    colours = [line.get_color()] * has_stroke
    colours += [line.get_markerfacecolor(), line.get_markeredgecolor()] * has_marker
    rgba = [to_rgba(colour, line.get_alpha()) for colour in colours]
    return Drawn(ax, line, np.column_stack(line.get_data(orig=False)), rgba)


def _collection(ax: Any, group: Any) -> list[Drawn]:
    from matplotlib.colors import to_rgba_array

    rgba = [*to_rgba_array(group.get_facecolor()), *to_rgba_array(group.get_edgecolor())]
    if hasattr(group, "get_segments"):
        pieces = [np.asarray(piece) for piece in group.get_segments() if len(piece)]
        curves = [piece for piece in pieces if len(piece) > 2]  # else short strokes, end to end
        curves += [np.concatenate([piece[:1] for piece in pieces] + [pieces[-1][-1:]])] if pieces and not curves else []
        rgba = rgba if np.max(group.get_linewidth(), initial=0.0) >= 0.1 else []
        return [Drawn(ax, group, curve, rgba) for curve in curves]
    if hasattr(group, "get_sizes"):
        rgba = rgba if np.max(group.get_sizes(), initial=0.0) > 0 else []
        return [Drawn(ax, group, np.asarray(group.get_offsets()), rgba)]
    return []


def over_x(curves: list[Drawn]) -> list[Drawn]:
    """The curves over the 500 points."""
    holds(any(len(curve.points) == 500 for curve in curves), "No curve in fig has 500 points: plot over x")
    found = [curve for curve in curves if curve.is_over_x]
    holds(found, "No curve in fig runs from -5 to 5 on the horizontal axis: are x and y the right way round?")
    return found


def seen(fig: Any, curves: list[Drawn], name: str) -> list[Array]:
    """The points (500, 2) of each curve that is the sigmoid or the tanh and that anybody can see."""
    found = [curve for curve in over_x(curves) if curve.is_like(name)]
    if not found:
        others = [shown(curve.heights) for curve in over_x(curves)]
        twice = ": one curve is drawn twice" if len(set(others)) < len(others) else ""
        raise Wrong(
            f"No curve in fig is the {name}, which has the values {list(WANTED[name])} at -2, 0 and 2; yours "
            f"have {' and '.join(others[:3])}{twice}"
        )
    reasons = [why_unseen(fig, curve) for curve in found]
    holds("" in reasons, f"The {name} is in fig, but nobody can see it: {reasons[0]}")
    return [curve.points for curve, reason in zip(found, reasons, strict=True) if not reason]


def few_others(fig: Any, curves: list[Drawn]) -> None:
    """Guide lines, single markers and a few more curves are welcome; a whole bundle of curves hides the two."""
    others = 0
    for curve in curves:
        centred = curve.points - np.mean(curve.points, axis=0)
        is_straight = np.linalg.svd(centred, compute_uv=False)[-1] < 1e-3
        is_wanted = any(curve.is_like(name) for name in WANTED)
        others += len(curve.points) >= 20 and not is_wanted and not is_straight and not why_unseen(fig, curve)
    holds(
        others <= MOST_OTHERS,
        f"Two curves are asked for, but fig shows {others} more: draw the sigmoid and the tanh only",
    )


def why_unseen(fig: Any, curve: Drawn) -> str:
    """Why nobody can see a curve; "" if everybody can."""
    from matplotlib.colors import to_rgba

    ax, paper = curve.ax, np.ones(3)
    for layer in [fig.get_facecolor()] + [ax.get_facecolor()] * (ax.axison and ax.patch.get_visible()):
        paper += to_rgba(layer)[3] * (np.array(to_rgba(layer)[:3]) - paper)
    (left, right), (low, high) = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    inside = (curve.points >= [left, low]) & (curve.points <= [right, high])
    if not (ax.get_visible() and curve.artist.get_visible()):
        return "visible is False"
    if not curve.colours:
        return "its line has no width, or no style"
    if max(alpha * np.max(np.abs(colour - paper)) for *colour, alpha in curve.colours) < 0.08:
        return "it has the colour of the background, or is transparent"
    if np.mean(np.all(inside, axis=1)) < 0.75:
        return "it lies outside the limits of its axes"
    return ""
