"""A real figure from the description of one, on which a test's calls answer as they did on the original.

It is made outside pyplot. `fig.axes[0].lines[0].get_ydata()`, `get_title()`, `get_legend()`, colors, styles, insets and
line collections are there; positions of an inset are those of the original as shares of its axes.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from autograder.protocol.figure_checks import (
    MAX_ARTISTS,
    alpha,
    color,
    colormap,
    few,
    number,
    numbers,
    plain_text,
    rgba,
    shades,
)
from autograder.protocol.figures import LOCATIONS, MAX_AXES, MAX_INSETS, MAX_STROKE_POINTS, MAX_STROKES
from autograder.protocol.patches import rebuilt_areas, rebuilt_container, rebuilt_patch

_SCALES = ("linear", "log", "symlog", "logit")
_LINE_STYLES = ("-", "--", "-.", ":", "None")


_blank: list[Any] = []


def keep_blank(count: int) -> None:
    """Have figures with one empty pair of axes at hand, so that processes forked later need not make them."""
    while len(_blank) < count:
        _blank.append(_blank_figure())


def _blank_figure() -> Any:
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_axes((0.0, 0.0, 1.0, 1.0))
    return figure


def rebuild(description: Any) -> Any:
    """Build a real figure from what `describe` returned. The description is untrusted.

    Raises:
        Exception: of any kind, where the description is not one that `describe` makes.
    """
    width, height = (number(length) for length in description["size"])
    figure = _blank.pop() if _blank else _blank_figure()
    figure.set_size_inches(min(max(width, 0.1), 100), min(max(height, 0.1), 100))
    figure.set_facecolor(rgba(description["facecolor"]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        all_axes = few(description["axes"], MAX_AXES)
        if not all_axes:
            figure.clear()
        for position, axes_description in enumerate(all_axes):
            place = tuple(number(part) for part in axes_description["position"])
            if position == 0:
                axes = figure.axes[0]
                axes.set_position(place)
            else:
                axes = figure.add_axes(place)
            _rebuild_axes(axes, axes_description)
        if suptitle := plain_text(description["suptitle"]):
            figure.suptitle(suptitle)
        for texts in few(description["legends"], MAX_AXES):
            _rebuild_legend(figure, [], texts)
    return figure


def _rebuild_axes(axes: Any, described: dict[str, Any]) -> None:
    axes.set_facecolor(rgba(described["facecolor"]))
    axes.patch.set_visible(bool(described["background"]))
    axes.set_visible(bool(described["visible"]))
    for location, title in zip(LOCATIONS, described["titles"], strict=True):
        axes.set_title(plain_text(title), loc=location)
    axes.set_xlabel(plain_text(described["labels"][0]))
    axes.set_ylabel(plain_text(described["labels"][1]))
    for line in few(described["lines"]):
        axes.add_line(_rebuilt_line(line))
    for scatter in few(described["scatters"]):
        _rebuild_scatter(axes, scatter)
    for strokes in few(described["strokes"]):
        axes.add_collection(_rebuilt_strokes(strokes), autolim=False)
    for patch in few(described["patches"]):
        axes.add_patch(rebuilt_patch(patch))
    for described_container in few(described["containers"]):
        axes.add_container(rebuilt_container(described_container, axes.patches))
    for areas in few(described["areas"]):
        axes.add_collection(rebuilt_areas(areas), autolim=False)
    for image in few(described["images"]):
        pixels, extent = numbers(image["pixels"]), tuple(number(part) for part in image["extent"])
        shown = axes.imshow(pixels, extent=extent, aspect="auto", cmap=colormap(image["colormap"]))
        shown.set_label(plain_text(image["label"]))
    for x, y, text in few(described["texts"]):
        axes.text(float(x), float(y), plain_text(text))
    if described["legend"] is not None:
        _rebuild_legend(axes, axes.get_legend_handles_labels()[0], described["legend"])
    axes.set_aspect(number(described["aspect"]) if described["aspect"] != "auto" else "auto")
    scales = [scale if scale in _SCALES else "linear" for scale in described["scales"]]
    limits = [tuple(number(part) for part in pair) for pair in described["limits"]]
    axes.set_xscale(scales[0])
    axes.set_yscale(scales[1])
    for axis, ticks in zip((axes.xaxis, axes.yaxis), described["ticks"], strict=True):
        _rebuild_ticks(axis, ticks)
    axes.set_xlim(*limits[0])
    axes.set_ylim(*limits[1])
    if not described["on"]:
        axes.set_axis_off()
    for inset in few(described["insets"], MAX_INSETS):
        if inset["insets"]:
            raise ValueError("an inset has no insets")
        _rebuild_axes(axes.inset_axes(_within(inset["position"], described["position"])), inset)


def _rebuild_ticks(axis: Any, described: dict[str, Any]) -> None:
    """Ticks that were set by hand or stand for categories, and whether there are lines from them."""
    positions = described["positions"]
    if positions is not None:
        labels = [plain_text(text) for text in few(described["labels"])]
        axis.set_ticks(numbers(positions, 1)[:MAX_ARTISTS], labels or None)
    axis.grid(described["grid"] is True)


def _within(inner: Any, outer: Any) -> tuple[float, float, float, float]:
    """A place of the figure, as shares of the axes that lie at another."""
    left, bottom, width, height = map(number, outer)
    x, y, inner_width, inner_height = map(number, inner)
    if not width or not height:
        return 0.0, 0.0, 1.0, 1.0
    return (x - left) / width, (y - bottom) / height, inner_width / width, inner_height / height


def _rebuilt_line(described: dict[str, Any]) -> Any:
    from matplotlib.lines import Line2D

    x, y = numbers(described["x"], 1), numbers(described["y"], 1)
    if x.shape != y.shape:
        raise ValueError("a line needs as many y as x")
    line = Line2D(
        x,
        y,
        linestyle=described["linestyle"] if described["linestyle"] in _LINE_STYLES else "-",
        marker=described["marker"]
        if type(described["marker"]) is str and described["marker"] in Line2D.markers
        else "None",
        linewidth=number(described["linewidth"]),
        color=color(described["color"]),
        markersize=number(described["markersize"]),
        markerfacecolor=color(described["markerfacecolor"]),
        markeredgecolor=color(described["markeredgecolor"]),
    )
    line.set_alpha(alpha(described["alpha"]))
    line.set_label(plain_text(described["label"]))
    line.set_visible(bool(described["visible"]))
    return line


def _rebuild_scatter(axes: Any, described: dict[str, Any]) -> None:
    offsets, colors, sizes = (
        numbers(described["offsets"], 2),
        numbers(described["colors"], 2),
        numbers(described["sizes"], 1),
    )
    points = axes.scatter(offsets[:, 0], offsets[:, 1])
    points.set_offsets(offsets)
    points.set_sizes(sizes)
    points.set_facecolor(shades(colors))
    points.set_edgecolor(shades(numbers(described["edgecolors"], 2)))
    points.set_alpha(alpha(described["alpha"]))
    if described["values"] is not None:
        points.set_cmap(colormap(described["colormap"]))
        points.set_array(numbers(described["values"], 1))
    points.set_visible(bool(described["visible"]))
    points.set_label(plain_text(described["label"]))


def _rebuilt_strokes(described: dict[str, Any]) -> Any:
    from matplotlib.collections import LineCollection

    points, lengths = numbers(described["points"], 2), numbers(described["lengths"], 1)
    ends = np.cumsum(lengths.astype(int))
    if len(points) > MAX_STROKE_POINTS or len(lengths) > MAX_STROKES or points.shape[1] != 2:
        raise ValueError("more strokes than allowed")
    if np.any(lengths < 0) or (ends[-1] if len(ends) else 0) != len(points):
        raise ValueError("strokes that do not fit their points")
    strokes: Any = LineCollection(np.split(points, ends[:-1]) if len(ends) else [])
    strokes.set_color(shades(numbers(described["colors"], 2)))
    strokes.set_linewidth(np.clip(np.nan_to_num(numbers(described["linewidths"], 1)), 0, 1e6))
    strokes.set_alpha(alpha(described["alpha"]))
    strokes.set_visible(bool(described["visible"]))
    strokes.set_label(plain_text(described["label"]))
    return strokes


def _rebuild_legend(where: Any, handles: list[Any], texts: Any) -> None:
    from matplotlib.lines import Line2D

    labels = [plain_text(text) for text in few(texts)]
    handles = (handles + [Line2D([], [])] * len(labels))[: len(labels)]
    where.legend(handles, labels, loc="upper right")  # "best" would search
