"""Figures are drawn once, and look as the inline backend's pictures do."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from IPython.core import pylabtools
from matplotlib.figure import Figure
from PIL import Image

from autograder.runner import drawing

Draw = Callable[..., Any]
original: Draw = drawing._print_figure


def curve(**options: Any) -> tuple[Figure, Any]:
    """A labelled curve."""
    fig, ax = pyplot().subplots(**options)
    ax.plot([0, 1, 2], [0, 1, 4], label="square")
    ax.set(xlabel="$x$", ylabel="$x^2$", title="square")
    ax.legend()
    return fig, ax


def many() -> Figure:
    """Nine axes that a layout has arranged."""
    fig: Figure = pyplot().subplots(3, 3)[0]
    fig.tight_layout()
    return fig


def picture() -> Figure:
    """An image with a title, on another background."""
    fig: Figure = pyplot().figure(facecolor="lightyellow")
    ax = fig.add_subplot()
    ax.imshow(np.arange(9).reshape(3, 3))
    fig.suptitle("image")
    return fig


def beside() -> Figure:
    """A legend beside the axes, out of the figure."""
    fig, ax = curve()
    ax.legend(bbox_to_anchor=(1.05, 1))
    return fig


def filled() -> Figure:
    """Axes as large as the figure, so that their numbers lie outside."""
    fig: Figure = pyplot().figure()
    fig.add_axes((0, 0, 1, 1))
    return fig


def pyplot() -> Any:
    """Pyplot, once a test has chosen the backend."""
    from matplotlib import pyplot

    return pyplot


@pytest.fixture(autouse=True)
def _agg() -> Iterator[None]:
    with matplotlib.rc_context({"figure.dpi": 72}):
        pyplot().switch_backend("agg")
        yield
        pyplot().close("all")


def pixels(printed: Any) -> np.ndarray:
    """Of a printed figure, as numbers."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(printed))).convert("RGBA"), dtype=float)


INSIDE: dict[str, Callable[[], Figure]] = {
    "curve": lambda: curve()[0],
    "constrained": lambda: curve(layout="constrained")[0],
    "fine": lambda: curve(dpi=150)[0],
    "many": many,
    "picture": picture,
}
OUTSIDE: dict[str, Callable[[], Figure]] = {"beside": beside, "filled": filled}


@pytest.mark.parametrize("make", INSIDE.values(), ids=INSIDE)
def test_a_figure_is_drawn_once_and_looks_the_same(make: Callable[[], Figure], monkeypatch: pytest.MonkeyPatch) -> None:
    """Same size; what differs is where lines fall between two pixels."""
    wanted = pixels(original(make(), base64=True))
    figure, draw = make(), Figure.draw
    drawn: list[Figure] = []

    def note(self: Figure, renderer: Any) -> None:
        drawn.append(self)
        draw(self, renderer)

    monkeypatch.setattr(Figure, "draw", note)
    got = pixels(drawing.print_figure(figure, base64=True))
    assert drawn == [figure]
    assert got.shape == wanted.shape
    assert np.abs(_coarse(got) - _coarse(wanted)).max() < 40, "The pictures differ by more than a pixel's shift."


def _coarse(image: np.ndarray, block: int = 16) -> np.ndarray:
    height, width = (length // block for length in image.shape[:2])
    cut = image[: height * block, : width * block]
    return np.asarray(cut.reshape(height, block, width, block, 4).mean(axis=(1, 3)))


@pytest.mark.parametrize("make", OUTSIDE.values(), ids=OUTSIDE)
def test_what_sticks_out_of_a_figure_is_shown_too(make: Callable[[], Figure]) -> None:
    """The same bytes as without our way."""
    assert drawing.print_figure(make(), base64=True) == original(make(), base64=True)


@pytest.mark.parametrize(
    "options", [{"fmt": "svg"}, {"fmt": "retina"}, {"fmt": "png"}, {"base64": True, "bbox_inches": None}], ids=str
)
def test_other_formats_and_options_are_left_alone(options: dict[str, Any]) -> None:
    """What a student configures is what they get."""
    with matplotlib.rc_context({"svg.hashsalt": "1"}):
        got, wanted = (draw(curve()[0], **options) for draw in (drawing.print_figure, original))
    assert len(got or "") == len(wanted or "")


def test_an_empty_figure_shows_nothing() -> None:
    """As in Jupyter."""
    assert drawing.print_figure(pyplot().figure(), base64=True) is None


def test_a_figure_that_cannot_be_drawn_raises_what_it_raises() -> None:
    """So that the cell shows it."""
    figure, ax = curve()
    ax.set_title("$broken")
    ax.set_xlabel(r"$\nonsense$")
    with pytest.raises(ValueError, match="nonsense"):
        drawing.print_figure(figure, base64=True)


def test_it_stands_where_ipython_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell's `%matplotlib inline` chooses the format anew, by this name."""
    monkeypatch.setattr(pylabtools, "print_figure", original)
    drawing.measure_while_drawing()
    assert pylabtools.print_figure is drawing.print_figure


def test_fonts_that_are_not_here_are_left_out(tmp_path: Path) -> None:
    """A list that Matplotlib made elsewhere; one that cannot be read is no loss."""
    entries = [
        {"fname": name} for name in ("fonts/ttf/own.ttf", str(tmp_path / "here.ttf"), str(tmp_path / "gone.ttf"))
    ]
    (tmp_path / "here.ttf").touch()
    given = tmp_path / "fontlist-v1.json"
    given.write_text(json.dumps({"_version": 1, "afmlist": entries, "ttflist": entries[:1]}))
    drawing.use_fonts(str(given), str(tmp_path / "home"))
    kept = json.loads((tmp_path / "home/.cache/matplotlib/fontlist-v1.json").read_text())
    assert kept == {"_version": 1, "afmlist": entries[:2], "ttflist": entries[:1]}
    for text in ("", "[]", '{"afmlist": [1]}'):
        given.write_text(text)
        drawing.use_fonts(str(given), str(tmp_path / "other"))
    assert not (tmp_path / "other").exists()
