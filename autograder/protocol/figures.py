"""A matplotlib figure as plain data, and back, so that the same test cell works in the notebook and in the judge.

`describe` lists what a figure shows: axes, lines, scattered points, bars, images, texts, legends. `rebuild` makes a
real `matplotlib.figure.Figure` of it, outside pyplot, on which `fig.axes[0].lines[0].get_ydata()`, `get_title()`,
`get_legend()` answer as they did on the original. What was drawn with other artists does not cross.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from typing import Any

import numpy as np

MAX_AXES = 64
MAX_ARTISTS = 256  # of one kind, in one axes
MAX_CHARACTERS = 500
MAX_IMAGE = 256  # pixels along one side that cross

_SCALES = ("linear", "log", "symlog", "logit")
_LINE_STYLES = ("-", "--", "-.", ":", "None")
_LOCATIONS = ("center", "left", "right")


def kind(value: object) -> str | None:
    """Return `"figure"`, `"axes"` or None, without importing matplotlib and without calling the value's own code."""
    module = sys.modules.get("matplotlib.figure")
    if module is None:
        return None
    bases = type(value).__mro__
    if module.Figure in bases:
        return "figure"
    axes = sys.modules.get("matplotlib.axes")
    return "axes" if axes is not None and axes.Axes in bases else None


def describe(figure: Any) -> dict[str, Any]:
    """Return what the figure shows as plain data; artists beyond the bounds are left out."""
    return {
        "size": tuple(float(length) for length in figure.get_size_inches()),
        "suptitle": _text(figure.get_suptitle()),
        "legends": [_legend(legend) for legend in figure.legends[:MAX_AXES]],
        "axes": [_describe_axes(axes) for axes in figure.axes[:MAX_AXES]],
    }


def _describe_axes(axes: Any) -> dict[str, Any]:
    from matplotlib.patches import Rectangle

    legend = axes.get_legend()
    collections = axes.collections[:MAX_ARTISTS]
    return {
        "position": tuple(float(number) for number in axes.get_position().bounds),
        "titles": [_text(axes.get_title(loc=location)) for location in _LOCATIONS],
        "labels": [_text(axes.get_xlabel()), _text(axes.get_ylabel())],
        "limits": [tuple(map(float, axes.get_xlim())), tuple(map(float, axes.get_ylim()))],
        "scales": [axes.get_xscale(), axes.get_yscale()],
        "legend": None if legend is None else _legend(legend),
        "lines": [_describe_line(line) for line in _longest(axes.lines)],
        "scatters": [_describe_scatter(item) for item in collections if hasattr(item, "get_sizes")],
        "bars": [_describe_bar(patch) for patch in axes.patches[:MAX_ARTISTS] if Rectangle in type(patch).__mro__],
        "images": [_describe_image(image) for image in axes.images[:MAX_ARTISTS]],
        "texts": [(*_point(text.get_position()), _text(text.get_text())) for text in axes.texts[:MAX_ARTISTS]],
        "on": bool(axes.axison),
    }


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
        "color": _color(line.get_color()),
        "visible": bool(line.get_visible()),
    }


def _describe_scatter(collection: Any) -> dict[str, Any]:
    offsets: np.ndarray = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    return {
        "offsets": offsets.reshape(-1, 2),
        "label": _text(collection.get_label()),
        "sizes": np.asarray(collection.get_sizes(), dtype=float).ravel(),
        "colors": np.asarray(collection.get_facecolor(), dtype=float).reshape(-1, 4),
    }


def _describe_bar(patch: Any) -> dict[str, Any]:
    return {
        "corner": (*_point(patch.get_xy()), float(patch.get_width()), float(patch.get_height())),
        "label": _text(patch.get_label()),
        "color": _color(patch.get_facecolor()),
    }


def _describe_image(image: Any) -> dict[str, Any]:
    pixels: np.ndarray = np.ma.filled(np.ma.asarray(image.get_array(), dtype=float), np.nan)
    return {
        "pixels": pixels[:MAX_IMAGE, :MAX_IMAGE],
        "extent": tuple(float(number) for number in image.get_extent()),
        "label": _text(image.get_label()),
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


def rebuild(description: Any) -> Any:
    """Build a real figure from what `describe` returned. The description is untrusted.

    Raises:
        Exception: of any kind, where the description is not one that `describe` makes.
    """
    from matplotlib.figure import Figure

    width, height = (_number(length) for length in description["size"])
    figure = Figure(figsize=(min(max(width, 0.1), 100), min(max(height, 0.1), 100)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for axes_description in _few(description["axes"], MAX_AXES):
            _rebuild_axes(figure, axes_description)
        if suptitle := _plain_text(description["suptitle"]):
            figure.suptitle(suptitle)
        for texts in _few(description["legends"], MAX_AXES):
            _rebuild_legend(figure, [], texts)
    return figure


def _rebuild_axes(figure: Any, described: dict[str, Any]) -> None:
    axes = figure.add_axes(tuple(_number(number) for number in described["position"]))
    for location, title in zip(_LOCATIONS, described["titles"], strict=True):
        axes.set_title(_plain_text(title), loc=location)
    axes.set_xlabel(_plain_text(described["labels"][0]))
    axes.set_ylabel(_plain_text(described["labels"][1]))
    for line in _few(described["lines"]):
        axes.add_line(_rebuilt_line(line))
    for scatter in _few(described["scatters"]):
        _rebuild_scatter(axes, scatter)
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
    )
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
    points.set_facecolor(np.clip(np.nan_to_num(colors), 0, 1))
    points.set_label(_plain_text(described["label"]))


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
