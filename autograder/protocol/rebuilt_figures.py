"""A real figure from the description of one, on which a test's calls answer as they did on the original.

It is made outside pyplot. `fig.axes[0].lines[0].get_ydata()`, `get_title()`, `get_legend()`, colors, styles, insets and
line collections are there; positions of an inset are those of the original as shares of its axes.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from autograder.protocol.figures import (
    LOCATIONS,
    MAX_ARTISTS,
    MAX_AXES,
    MAX_CHARACTERS,
    MAX_INSETS,
    MAX_STROKE_POINTS,
    MAX_STROKES,
)

_SCALES = ("linear", "log", "symlog", "logit")
_LINE_STYLES = ("-", "--", "-.", ":", "None")


def rebuild(description: Any) -> Any:
    """Build a real figure from what `describe` returned. The description is untrusted.

    Raises:
        Exception: of any kind, where the description is not one that `describe` makes.
    """
    from matplotlib.figure import Figure

    width, height = (_number(length) for length in description["size"])
    figure = Figure(figsize=(min(max(width, 0.1), 100), min(max(height, 0.1), 100)))
    figure.set_facecolor(_rgba(description["facecolor"]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for axes_description in _few(description["axes"], MAX_AXES):
            left, bottom, width, height = (_number(number) for number in axes_description["position"])
            _rebuild_axes(figure.add_axes((left, bottom, width, height)), axes_description)
        if suptitle := _plain_text(description["suptitle"]):
            figure.suptitle(suptitle)
        for texts in _few(description["legends"], MAX_AXES):
            _rebuild_legend(figure, [], texts)
    return figure


def _rebuild_axes(axes: Any, described: dict[str, Any]) -> None:
    axes.set_facecolor(_rgba(described["facecolor"]))
    axes.patch.set_visible(bool(described["background"]))
    axes.set_visible(bool(described["visible"]))
    for location, title in zip(LOCATIONS, described["titles"], strict=True):
        axes.set_title(_plain_text(title), loc=location)
    axes.set_xlabel(_plain_text(described["labels"][0]))
    axes.set_ylabel(_plain_text(described["labels"][1]))
    for line in _few(described["lines"]):
        axes.add_line(_rebuilt_line(line))
    for scatter in _few(described["scatters"]):
        _rebuild_scatter(axes, scatter)
    for strokes in _few(described["strokes"]):
        axes.add_collection(_rebuilt_strokes(strokes), autolim=False)
    for bar in _few(described["bars"]):
        _rebuild_bar(axes, bar)
    for image in _few(described["images"]):
        pixels, extent = _numbers(image["pixels"]), tuple(_number(number) for number in image["extent"])
        axes.imshow(pixels, extent=extent, aspect="auto").set_label(_plain_text(image["label"]))
    for x, y, text in _few(described["texts"]):
        axes.text(float(x), float(y), _plain_text(text))
    if described["legend"] is not None:
        _rebuild_legend(axes, axes.get_legend_handles_labels()[0], described["legend"])
    scales = [scale if scale in _SCALES else "linear" for scale in described["scales"]]
    limits = [tuple(_number(number) for number in pair) for pair in described["limits"]]
    axes.set_xscale(scales[0])
    axes.set_yscale(scales[1])
    axes.set_xlim(*limits[0])
    axes.set_ylim(*limits[1])
    if not described["on"]:
        axes.set_axis_off()
    for inset in _few(described["insets"], MAX_INSETS):
        if inset["insets"]:
            raise ValueError("an inset has no insets")
        _rebuild_axes(axes.inset_axes(_within(inset["position"], described["position"])), inset)


def _within(inner: Any, outer: Any) -> tuple[float, float, float, float]:
    """A place of the figure, as shares of the axes that lie at another."""
    left, bottom, width, height = map(_number, outer)
    x, y, inner_width, inner_height = map(_number, inner)
    if not width or not height:
        return 0.0, 0.0, 1.0, 1.0
    return (x - left) / width, (y - bottom) / height, inner_width / width, inner_height / height


def _rebuilt_line(described: dict[str, Any]) -> Any:
    from matplotlib.lines import Line2D

    x, y = _numbers(described["x"], 1), _numbers(described["y"], 1)
    if x.shape != y.shape:
        raise ValueError("a line needs as many y as x")
    line = Line2D(
        x,
        y,
        linestyle=described["linestyle"] if described["linestyle"] in _LINE_STYLES else "-",
        marker=described["marker"]
        if type(described["marker"]) is str and described["marker"] in Line2D.markers
        else "None",
        linewidth=_number(described["linewidth"]),
        color=_rgba(described["color"]),
        markersize=_number(described["markersize"]),
        markerfacecolor=_rgba(described["markerfacecolor"]),
        markeredgecolor=_rgba(described["markeredgecolor"]),
    )
    if described["alpha"] is not None:
        line.set_alpha(min(max(_number(described["alpha"]), 0.0), 1.0))
    line.set_label(_plain_text(described["label"]))
    line.set_visible(bool(described["visible"]))
    return line


def _rebuild_scatter(axes: Any, described: dict[str, Any]) -> None:
    offsets, colors, sizes = (
        _numbers(described["offsets"], 2),
        _numbers(described["colors"], 2),
        _numbers(described["sizes"], 1),
    )
    points = axes.scatter(offsets[:, 0], offsets[:, 1])
    points.set_offsets(offsets)
    points.set_sizes(sizes)
    points.set_facecolor(_shades(colors))
    points.set_edgecolor(_shades(_numbers(described["edgecolors"], 2)))
    points.set_visible(bool(described["visible"]))
    points.set_label(_plain_text(described["label"]))


def _rebuilt_strokes(described: dict[str, Any]) -> Any:
    from matplotlib.collections import LineCollection

    points, lengths = _numbers(described["points"], 2), _numbers(described["lengths"], 1)
    ends = np.cumsum(lengths.astype(int))
    if len(points) > MAX_STROKE_POINTS or len(lengths) > MAX_STROKES or points.shape[1] != 2:
        raise ValueError("more strokes than allowed")
    if np.any(lengths < 0) or (ends[-1] if len(ends) else 0) != len(points):
        raise ValueError("strokes that do not fit their points")
    strokes: Any = LineCollection(np.split(points, ends[:-1]) if len(ends) else [])
    strokes.set_color(_shades(_numbers(described["colors"], 2)))
    strokes.set_linewidth(np.clip(np.nan_to_num(_numbers(described["linewidths"], 1)), 0, 1e6))
    strokes.set_visible(bool(described["visible"]))
    strokes.set_label(_plain_text(described["label"]))
    return strokes


def _shades(colors: np.ndarray) -> np.ndarray:
    if colors.shape[1] != 4:
        raise ValueError("expected colors of four parts")
    shades: np.ndarray = np.clip(np.nan_to_num(colors), 0, 1)
    return shades


def _rebuild_bar(axes: Any, described: dict[str, Any]) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = (float(number) for number in described["corner"])
    bar = Rectangle((x, y), width, height, facecolor=_rgba(described["color"]))
    bar.set_label(_plain_text(described["label"]))
    axes.add_patch(bar)


def _rebuild_legend(where: Any, handles: list[Any], texts: Any) -> None:
    from matplotlib.lines import Line2D

    labels = [_plain_text(text) for text in _few(texts)]
    handles = (handles + [Line2D([], [])] * len(labels))[: len(labels)]
    where.legend(handles, labels, loc="upper right")  # "best" would search


def _few(items: Any, most: int = MAX_ARTISTS) -> list[Any]:
    if type(items) is not list or len(items) > most:
        raise ValueError("more items than allowed")
    return items


def _number(number: Any) -> float:
    if type(number) is not float or not np.isfinite(number) or abs(number) > 1e300:
        raise ValueError("expected a finite number")
    return number


def _numbers(values: Any, dimensions: int | None = None) -> np.ndarray:
    if not isinstance(values, np.ndarray) or values.dtype != np.float64 or dimensions not in (None, values.ndim):
        raise ValueError("expected an array of floats")
    return values


def _plain_text(text: Any) -> str:
    if type(text) is not str or len(text) > MAX_CHARACTERS:
        raise ValueError("expected a short text")
    return text


def _rgba(color: Any) -> tuple[float, float, float, float]:
    red, green, blue, alpha = (min(max(_number(part), 0.0), 1.0) for part in color)
    return red, green, blue, alpha
