"""A matplotlib figure as plain data: axes, lines, scattered points, strokes, bars, images, texts, legends.

`autograder.protocol.rebuilt_figures` makes a real figure of it again, so that the same test cell works in the notebook
and in the judge. What was drawn with other artists does not cross.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.protocol.figure_checks import MAX_ARTISTS, MAX_CHARACTERS
from autograder.protocol.patches import (
    described_areas,
    described_containers,
    described_patch,
    told_alpha,
    told_color,
)

MAX_AXES = 64
MAX_IMAGE = 256  # pixels along one side that cross
MAX_STROKES = 20_000  # of all line collections of one axes
MAX_STROKE_POINTS = 100_000
MAX_INSETS = 8  # axes inside one axes; those inside an inset do not cross
LOCATIONS = ("center", "left", "right")


def kind(value: object) -> str | None:
    """Return `"figure"`, `"axes"` or None, without importing matplotlib and without calling the value's own code."""
    module = sys.modules.get("matplotlib.figure")
    if module is None:
        return None
    bases = type(value).__mro__
    if module.FigureBase in bases:  # a SubFigure is one, too
        return "figure"
    axes = sys.modules.get("matplotlib.axes")
    return "axes" if axes is not None and axes.Axes in bases else None


def describe(figure: Any) -> dict[str, Any]:
    """Return what the figure shows as plain data; artists beyond the bounds are left out."""
    whole = figure.figure  # of a SubFigure, the figure that it is part of
    return {
        "size": tuple(float(length) for length in whole.get_size_inches()),
        "facecolor": _color(figure.get_facecolor()),
        "suptitle": _text(figure.get_suptitle()),
        "legends": [_legend(legend) for legend in figure.legends[:MAX_AXES]],
        "axes": [_describe_axes(axes) for axes in figure.axes[:MAX_AXES]],
    }


def _describe_axes(axes: Any, insets: bool = True) -> dict[str, Any]:
    legend = axes.get_legend()
    scatters, strokes, areas = _collections(axes)
    return {
        "position": tuple(float(number) for number in axes.get_position().bounds),
        "titles": [_text(axes.get_title(loc=location)) for location in LOCATIONS],
        "labels": [_text(axes.get_xlabel()), _text(axes.get_ylabel())],
        "limits": [tuple(map(float, axes.get_xlim())), tuple(map(float, axes.get_ylim()))],
        "scales": [axes.get_xscale(), axes.get_yscale()],
        "legend": None if legend is None else _legend(legend),
        "lines": [_describe_line(line) for line in _longest(axes.lines)],
        "scatters": [_describe_scatter(item) for item in scatters],
        "patches": [described_patch(patch) for patch in axes.patches[:MAX_ARTISTS]],
        "containers": described_containers(axes),
        "areas": [described_areas(item) for item in areas],
        "ticks": [_describe_ticks(axis) for axis in (axes.xaxis, axes.yaxis)],
        "aspect": aspect if isinstance(aspect := axes.get_aspect(), float) else "auto",
        "images": [_describe_image(image) for image in axes.images[:MAX_ARTISTS]],
        "texts": [(*_point(text.get_position()), _text(text.get_text())) for text in axes.texts[:MAX_ARTISTS]],
        "strokes": _describe_strokes(strokes),
        "on": bool(axes.axison),
        "visible": bool(axes.get_visible()),
        "facecolor": _color(axes.get_facecolor()),
        "background": bool(axes.patch.get_visible()),
        "insets": [_describe_axes(child, insets=False) for child in axes.child_axes[:MAX_INSETS]] if insets else [],
    }


def collections_in_order(axes: Any) -> list[Any]:
    """The collections of an axes that cross, in the order in which they stand in the rebuilt one."""
    return [collection for kind in _collections(axes) for collection in kind]


def _collections(axes: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Scattered points, strokes and areas."""
    from matplotlib.collections import LineCollection, PolyCollection

    found = [(item, type(item).__mro__) for item in axes.collections[:MAX_ARTISTS]]
    scatters = [item for item, bases in found if hasattr(item, "get_sizes") and PolyCollection not in bases]
    strokes = [item for item, bases in found if LineCollection in bases]
    return scatters, strokes, [item for item, bases in found if PolyCollection in bases]


def _describe_ticks(axis: Any) -> dict[str, Any]:
    """Ticks that were set by hand, or stand for categories: others follow from the limits."""
    from matplotlib.category import StrCategoryLocator
    from matplotlib.ticker import FixedLocator

    positions, labels = None, []
    if isinstance(axis.get_major_locator(), (FixedLocator, StrCategoryLocator)):
        positions = np.asarray(axis.get_ticklocs(), dtype=float)[:MAX_ARTISTS]
        labels = [_text(label) for label in axis.get_major_formatter().format_ticks(positions)]
    return {"positions": positions, "labels": labels, "grid": bool(axis.get_tick_params().get("gridOn", False))}


def _longest(lines: Any) -> list[Any]:
    """Return at most `MAX_ARTISTS` lines, those with the most points: curves rather than guide lines of two points."""
    if len(lines) <= MAX_ARTISTS:
        return list(lines)
    points = np.array([len(line.get_xdata(orig=False)) for line in lines])
    return [lines[position] for position in sorted(np.argsort(-points, kind="stable")[:MAX_ARTISTS])]


def _describe_line(line: Any) -> dict[str, Any]:
    return {
        "x": np.asarray(line.get_xdata(orig=False), dtype=float),
        "y": np.asarray(line.get_ydata(orig=False), dtype=float),
        "label": _text(line.get_label()),
        "linestyle": str(line.get_linestyle()),
        "linewidth": float(line.get_linewidth()),
        "marker": str(line.get_marker()),
        "markersize": float(line.get_markersize()),
        "color": told_color(line.get_color()),
        "markerfacecolor": told_color(line.get_markerfacecolor()),
        "markeredgecolor": told_color(line.get_markeredgecolor()),
        "alpha": told_alpha(line),
        "visible": bool(line.get_visible()),
    }


def _describe_scatter(collection: Any) -> dict[str, Any]:
    offsets: np.ndarray = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    values = collection.get_array()
    return {
        "offsets": offsets.reshape(-1, 2),
        "label": _text(collection.get_label()),
        "sizes": np.asarray(collection.get_sizes(), dtype=float).ravel(),
        "colors": np.asarray(collection.get_facecolor(), dtype=float).reshape(-1, 4),
        "edgecolors": np.asarray(collection.get_edgecolor(), dtype=float).reshape(-1, 4),
        "alpha": told_alpha(collection),
        "values": None if values is None else np.ma.filled(np.ma.asarray(values, dtype=float), np.nan).ravel(),
        "colormap": str(collection.get_cmap().name),
        "visible": bool(collection.get_visible()),
    }


def _describe_strokes(collections: list[Any]) -> list[dict[str, Any]]:
    """Line collections; those that begin beyond the bounds are left out."""
    described = []
    strokes = points = 0
    for collection in collections:
        segments = [np.asarray(segment, dtype=float).reshape(-1, 2) for segment in collection.get_segments()]
        strokes += len(segments)
        points += sum(map(len, segments))
        if strokes > MAX_STROKES or points > MAX_STROKE_POINTS:
            break
        described.append(
            {
                "points": np.concatenate(segments) if segments else np.empty((0, 2)),
                "lengths": np.array([len(segment) for segment in segments], dtype=float),
                "label": _text(collection.get_label()),
                "colors": np.asarray(collection.get_edgecolor(), dtype=float).reshape(-1, 4),
                "alpha": told_alpha(collection),
                "linewidths": np.asarray(collection.get_linewidth(), dtype=float).ravel(),
                "visible": bool(collection.get_visible()),
            }
        )
    return described


def _describe_image(image: Any) -> dict[str, Any]:
    pixels: np.ndarray = np.ma.filled(np.ma.asarray(image.get_array(), dtype=float), np.nan)
    return {
        "pixels": pixels[:MAX_IMAGE, :MAX_IMAGE],
        "extent": tuple(float(number) for number in image.get_extent()),
        "label": _text(image.get_label()),
        "colormap": str(image.get_cmap().name),
    }


def _legend(legend: Any) -> list[str]:
    return [_text(text.get_text()) for text in legend.get_texts()[:MAX_ARTISTS]]


def _point(xy: Iterable[Any]) -> tuple[float, float]:
    # Positions given in other units (dates, categories) have no number here.
    x, y = xy
    return tuple(float(v) if isinstance(v, (int, float, np.number)) else float("nan") for v in (x, y))  # type: ignore[return-value]


def _color(color: Any) -> tuple[float, ...]:
    from matplotlib.colors import to_rgba

    return tuple(float(part) for part in to_rgba(color))


def _text(text: Any) -> str:
    return str(text)[:MAX_CHARACTERS]
