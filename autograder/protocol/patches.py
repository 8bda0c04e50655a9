"""Patches and filled areas of a figure as plain data, and made of it again: bars, circles, wedges, polygons, paths."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.protocol.figure_checks import (
    MAX_ARTISTS,
    MAX_CHARACTERS,
    alpha,
    color,
    few,
    number,
    numbers,
    plain_text,
    shades,
)

MAX_POINTS = 20_000  # of one patch, or of all areas of a collection
_HATCHES = frozenset("/\\|-+xoO.*")


def described_patch(patch: Any) -> dict[str, Any]:
    """What a patch looks like; a shape of another kind is told by its outline."""
    from matplotlib import patches

    bases = type(patch).__mro__
    if patches.Rectangle in bases:
        shape: Any = "rectangle", *_floats(*patch.get_xy(), patch.get_width(), patch.get_height(), patch.get_angle())
    elif patches.Circle in bases:
        shape = "circle", *_floats(*patch.get_center(), patch.get_radius())
    elif patches.Ellipse in bases:
        shape = "ellipse", *_floats(*patch.get_center(), patch.get_width(), patch.get_height(), patch.get_angle())
    elif patches.Wedge in bases:
        whole = patch.width is None
        shape = (
            "wedge",
            *_floats(*patch.center, patch.r, patch.theta1, patch.theta2),
            None if whole else float(patch.width),
        )
    elif patches.Polygon in bases:
        shape = "polygon", np.asarray(patch.get_xy(), dtype=float)[:MAX_POINTS]
    else:
        path = patch.get_patch_transform().transform_path(patch.get_path())
        codes = path.codes if path.codes is None else np.asarray(path.codes, dtype=float)
        shape = "path", np.asarray(path.vertices, dtype=float), codes
    return {
        "shape": shape,
        "label": str(patch.get_label())[:MAX_CHARACTERS],
        "color": told_color(patch.get_facecolor()),
        "edgecolor": told_color(patch.get_edgecolor()),
        "alpha": told_alpha(patch),
        "linewidth": float(patch.get_linewidth()),
        "hatch": patch.get_hatch(),
        "visible": bool(patch.get_visible()),
    }


def rebuilt_patch(described: dict[str, Any]) -> Any:
    """The patch that a description tells of."""
    from matplotlib import patches
    from matplotlib.path import Path

    kind, *parts = described["shape"]
    if kind == "rectangle":
        x, y, width, height, angle = map(_float, parts)
        patch: Any = patches.Rectangle((x, y), width, height, angle=angle)
    elif kind == "circle":
        x, y, radius = map(number, parts)
        patch = patches.Circle((x, y), radius)
    elif kind == "ellipse":
        x, y, width, height, angle = map(number, parts)
        patch = patches.Ellipse((x, y), width, height, angle=angle)
    elif kind == "wedge":
        x, y, radius, start, end = map(number, parts[:5])
        patch = patches.Wedge((x, y), radius, start, end, width=None if parts[5] is None else number(parts[5]))
    elif kind == "polygon":
        patch = patches.Polygon(_points(parts[0]))
    elif kind == "path":
        codes = None if parts[1] is None else numbers(parts[1], 1).astype(np.uint8)
        patch = patches.PathPatch(Path(_points(parts[0]), codes))
    else:
        raise ValueError("an unknown kind of patch")
    patch.set_facecolor(color(described["color"]))
    patch.set_edgecolor(color(described["edgecolor"]))
    patch.set_alpha(alpha(described["alpha"]))
    patch.set_linewidth(min(max(number(described["linewidth"]), 0.0), 1e6))
    if described["hatch"] is not None:
        if not _HATCHES.issuperset(plain_text(described["hatch"])[:20]):
            raise ValueError("an unknown hatch")
        patch.set_hatch(described["hatch"][:20])
    patch.set_label(plain_text(described["label"]))
    patch.set_visible(bool(described["visible"]))
    return patch


def described_containers(axes: Any) -> list[tuple[str, list[int]]]:
    """Groups of bars: the label of each, and the positions of its bars among the patches."""
    from matplotlib.container import BarContainer

    positions = {id(patch): position for position, patch in enumerate(axes.patches[:MAX_ARTISTS])}
    return [
        (str(group.get_label())[:MAX_CHARACTERS], [positions[id(bar)] for bar in group.patches if id(bar) in positions])
        for group in axes.containers[:MAX_ARTISTS]
        if BarContainer in type(group).__mro__
    ]


def rebuilt_container(described: Any, patches: Any) -> Any:
    """The group of bars that a description tells of."""
    from matplotlib.container import BarContainer

    label, positions = described
    if not all(type(position) is int and 0 <= position < len(patches) for position in few(positions)):
        raise ValueError("a bar that is not there")
    return BarContainer([patches[position] for position in positions], label=plain_text(label))


def described_areas(collection: Any) -> dict[str, Any]:
    """A collection of polygons, such as `fill_between` makes."""
    outlines = [np.asarray(path.vertices, dtype=float).reshape(-1, 2) for path in collection.get_paths()]
    if sum(map(len, outlines)) > MAX_POINTS:
        outlines = []
    return {
        "outlines": outlines[:MAX_ARTISTS],
        "label": str(collection.get_label())[:MAX_CHARACTERS],
        "colors": np.asarray(collection.get_facecolor(), dtype=float).reshape(-1, 4),
        "edgecolors": np.asarray(collection.get_edgecolor(), dtype=float).reshape(-1, 4),
        "alpha": told_alpha(collection),
        "visible": bool(collection.get_visible()),
    }


def rebuilt_areas(described: dict[str, Any]) -> Any:
    """The collection of polygons that a description tells of."""
    from matplotlib.collections import PolyCollection

    areas: Any = PolyCollection([_points(outline) for outline in few(described["outlines"])], closed=False)
    areas.set_facecolor(shades(numbers(described["colors"], 2)))
    areas.set_edgecolor(shades(numbers(described["edgecolors"], 2)))
    areas.set_alpha(alpha(described["alpha"]))
    areas.set_visible(bool(described["visible"]))
    areas.set_label(plain_text(described["label"]))
    return areas


def told_color(given: Any) -> Any:
    """A color as it was given: its name, or four parts."""
    from matplotlib.colors import to_rgba

    return given if type(given) is str else tuple(float(part) for part in to_rgba(given))


def told_alpha(artist: Any) -> float | None:
    """An artist's opacity, if it is set to one number."""
    given = artist.get_alpha()
    return float(given) if isinstance(given, (int, float, np.number)) else None


def _floats(*values: Any) -> tuple[float, ...]:
    # Positions given in other units (dates, categories) have no number here.
    return tuple(float(value) if isinstance(value, (int, float, np.number)) else float("nan") for value in values)


def _float(value: Any) -> float:
    if type(value) is not float:
        raise ValueError("expected a number")
    return value


def _points(values: Any) -> np.ndarray:
    points = numbers(values, 2)
    if points.shape[1] != 2 or len(points) > MAX_POINTS:
        raise ValueError("expected points")
    return points
