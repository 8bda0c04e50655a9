"""Checks of what a figure's description holds; each gives the value, or raises."""

from __future__ import annotations

from typing import Any

import numpy as np

MAX_ARTISTS = 256  # of one kind, in one axes
MAX_CHARACTERS = 500
_COLOR_CHARACTERS = 40


def few(items: Any, most: int = MAX_ARTISTS) -> list[Any]:
    if type(items) is not list or len(items) > most:
        raise ValueError("more items than allowed")
    return items


def number(value: Any) -> float:
    if type(value) is not float or not np.isfinite(value) or abs(value) > 1e300:
        raise ValueError("expected a finite number")
    return value


def numbers(values: Any, dimensions: int | None = None) -> np.ndarray:
    if not isinstance(values, np.ndarray) or values.dtype != np.float64 or dimensions not in (None, values.ndim):
        raise ValueError("expected an array of floats")
    return values


def plain_text(text: Any) -> str:
    if type(text) is not str or len(text) > MAX_CHARACTERS:
        raise ValueError("expected a short text")
    return text


def rgba(color: Any) -> tuple[float, float, float, float]:
    red, green, blue, alpha = (min(max(number(part), 0.0), 1.0) for part in color)
    return red, green, blue, alpha


def color(described: Any) -> Any:
    """A color as it was given: by its name, or as four parts."""
    from matplotlib.colors import is_color_like

    if type(described) is not str:
        return rgba(described)
    if len(described) > _COLOR_CHARACTERS or not (described in ("none", "auto") or is_color_like(described)):
        raise ValueError("an unknown color")
    return described


def alpha(described: Any) -> float | None:
    """A share of opacity, if one was set."""
    return None if described is None else min(max(number(described), 0.0), 1.0)


def colormap(described: Any) -> str | None:
    """The name of one of Matplotlib's own color maps; None for any other."""
    import matplotlib

    return described if type(described) is str and described in matplotlib.colormaps else None


def shades(colors: np.ndarray) -> np.ndarray:
    if colors.shape[1] != 4:
        raise ValueError("expected colors of four parts")
    shades: np.ndarray = np.clip(np.nan_to_num(colors), 0, 1)
    return shades
