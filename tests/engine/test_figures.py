"""Figures cross as descriptions and answer a test's questions as the original did."""

from __future__ import annotations

import copy
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, Polygon, Rectangle, Wedge

from autograder.protocol import figures
from autograder.protocol.codec import CodecError, Opaque, decode, encode
from autograder.protocol.figure_checks import MAX_ARTISTS
from autograder.protocol.rebuilt_figures import keep_blank, rebuild

X = np.linspace(-5, 5, 500)


def crossed(value: Any) -> Any:
    return decode(encode(value))


@pytest.fixture
def figure() -> Any:
    made, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
    left.plot(X, [float(np.tanh(x)) for x in X], "--", color="red", lw=3, marker="o", label="tanh")
    left.plot(X, X, label="line")
    left.set_title("Left")
    left.set_title("corner", loc="right")
    left.set_xlabel("$x$")
    left.set_ylabel("y")
    left.legend()
    right.scatter(X, X**2, s=4, label="dots")
    right.bar([1, 2], [3.0, 4.0], label="bars")
    right.set_yscale("symlog")
    right.set_xlim(-1, 2)
    right.text(0.5, 1, "note")
    right.imshow(np.ones((3, 4)), aspect="auto")
    made.suptitle("Both")
    yield made
    plt.close(made)


def test_a_rebuilt_figure_answers_like_the_original(figure: Any) -> None:
    got = crossed(figure)
    assert type(got) is Figure
    left, right = got.axes
    legend, pixels = left.get_legend(), right.images[0].get_array()
    assert legend is not None
    assert pixels is not None
    assert np.allclose(left.lines[0].get_ydata(), np.tanh(X))
    assert np.allclose(left.get_lines()[1].get_xdata(), X)
    first = left.lines[0]
    assert (first.get_linestyle(), first.get_marker(), first.get_linewidth()) == ("--", "o", 3)
    assert first.get_color() == "red"
    assert (left.get_title(), left.get_title(loc="right")) == ("Left", "corner")
    assert (left.get_xlabel(), left.get_ylabel()) == ("$x$", "y")
    assert [text.get_text() for text in legend.get_texts()] == ["tanh", "line"]
    assert left.get_legend_handles_labels()[1] == ["tanh", "line"]
    assert right.get_legend() is None
    assert np.allclose(right.collections[0].get_offsets(), np.column_stack([X, X**2]))
    assert [bar.get_height() for bar in right.patches if isinstance(bar, Rectangle)] == [3, 4]
    assert right.get_yscale() == "symlog"
    assert right.get_xlim() == figure.axes[1].get_xlim()
    assert right.texts[0].get_text() == "note"
    assert pixels.shape == (3, 4)
    assert got.get_suptitle() == "Both"
    assert tuple(got.get_size_inches()) == (9, 3)
    assert left.get_position().bounds == pytest.approx(figure.axes[0].get_position().bounds)


def test_describing_a_rebuilt_figure_gives_the_same_description(figure: Any) -> None:
    assert encode(figures.describe(crossed(figure))) == encode(figures.describe(crossed(crossed(figure))))


def test_figures_kept_at_hand_are_used_once_and_change_nothing(figure: Any) -> None:
    fresh = encode(crossed(figure))
    keep_blank(2)
    first, second, third = (crossed(figure) for _ in range(3))
    assert len({id(made) for made in (first, second, third)}) == 3
    first.axes[0].set_title("another")
    assert encode(second) == encode(third) == fresh


def test_relations_between_figure_and_axes_hold(figure: Any) -> None:
    grid = np.array(figure.axes, dtype=object).reshape(1, 2)
    got, axes, listed, one = crossed((figure, grid, figure.axes, figure.axes[1]))
    assert axes.shape == (1, 2)
    assert axes.flat[1] is listed[1] is one
    assert one.figure is got
    assert isinstance(one, Axes)
    assert crossed(figure.axes[1]).get_yscale() == "symlog"


def test_units_become_numbers() -> None:
    made, (dates, names) = plt.subplots(2)
    dates.plot(pd.date_range("2020", periods=3), pd.Series([1, 2, 3]))
    names.plot(["a", "b"], [1, 2])
    names.bar(["a", "b"], [1, 2])
    got = crossed(made)
    plt.close(made)
    assert got.axes[0].lines[0].get_xdata()[1] - got.axes[0].lines[0].get_xdata()[0] == 1
    assert list(got.axes[1].lines[0].get_xdata()) == [0, 1]


def test_odd_figures_cross() -> None:
    made = plt.figure()
    made.add_subplot(projection="polar").plot([1, 2], [3, np.nan])
    made.add_subplot(projection="3d")
    empty = made.add_subplot()
    empty.plot([], [])
    empty.fill_between([0, 1], [1, 2])
    empty.axvline(3)
    empty.pie([1, 2])
    got = crossed(made)
    plt.close(made)
    assert len(got.axes) == 3
    assert len(crossed(plt.figure()).axes) == 0
    plt.close("all")


def test_too_many_artists_are_left_out() -> None:
    made, axes = plt.subplots()
    for i in range(MAX_ARTISTS + 5):
        axes.plot([0, 1], [i, i])
    got = crossed(made)
    plt.close(made)
    assert len(got.axes[0].lines) == MAX_ARTISTS


def test_patches_keep_their_shape_and_look() -> None:
    made, axes = plt.subplots()
    axes.add_patch(Circle((0, 0.5), 0.1, color="teal", alpha=0.5))
    axes.add_patch(FancyBboxPatch((0, 0), 1, 1))
    axes.add_patch(Polygon([(0, 0), (1, 0), (1, 1)], hatch="//"))
    axes.bar(["a", "b"], [3, 4], color=["red", "blue"], edgecolor="black", label="counts")
    axes.add_patch(Wedge((0, 0), 1, 0, 90))
    axes.add_patch(Ellipse((1, 2), 3, 4, angle=5))
    got = crossed(made).axes[0]
    plt.close(made)
    circle, box, polygon, first, second, wedge, ellipse = got.patches
    assert (circle.get_radius(), circle.get_center(), circle.get_alpha()) == (0.1, (0, 0.5), 0.5)
    assert len(box.get_path().vertices) > 4
    assert (polygon.get_xy().tolist()[1], polygon.get_hatch()) == ([1, 0], "//")
    assert [bar.get_height() for bar in got.containers[0]] == [3, 4]
    assert (got.containers[0].get_label(), first.get_facecolor()[:2]) == ("counts", (1, 0))
    assert second.get_edgecolor() == (0, 0, 0, 1)
    assert (wedge.theta2, ellipse.get_angle()) == (90, 5)
    assert [text.get_text() for text in got.get_xticklabels()] == ["a", "b"]


def test_areas_values_and_settings_of_axes_cross() -> None:
    made, axes = plt.subplots()
    axes.fill_between([0, 1], [1, 2], color="green", alpha=0.3, label="between")
    axes.scatter([1, 2], [3, 4], c=[0.5, 1], cmap="plasma", alpha=0.5)
    axes.imshow(np.ones((2, 2)), cmap="gray")
    axes.grid(True)
    axes.set_aspect(2.0)
    axes.set_yticks([0, 1], ["no", "yes"])
    got = crossed(made).axes[0]
    plt.close(made)
    areas = next(item for item in got.collections if isinstance(item, PolyCollection))
    dots = next(item for item in got.collections if isinstance(item, PathCollection))
    assert (areas.get_label(), areas.get_alpha()) == ("between", 0.3)
    assert np.max(areas.get_paths()[0].vertices) == 2
    assert (list(np.asarray(dots.get_array())), dots.get_cmap().name, dots.get_alpha()) == ([0.5, 1], "plasma", 0.5)
    assert got.images[0].get_cmap().name == "gray"
    assert got.get_aspect() == 2
    assert got.xaxis.get_gridlines()[0].get_visible()
    assert [text.get_text() for text in got.get_yticklabels()] == ["no", "yes"]


@pytest.mark.parametrize("spoiled", ["color", "hatch", "shape", "containers", "colormap"])
def test_odd_looks_are_refused_or_ignored(spoiled: str) -> None:
    made, axes = plt.subplots()
    axes.bar([1], [2], hatch="/")
    axes.imshow(np.ones((2, 2)))
    described = decode(encode(figures.describe(made)))
    plt.close(made)
    ours = described["axes"][0]
    if spoiled == "colormap":
        ours["images"][0]["colormap"] = "../x"
        assert rebuild(described).axes[0].images[0].get_cmap().name == "viridis"
        return
    if spoiled == "containers":
        ours["containers"] = [("", [7])]
    else:
        ours["patches"][0][spoiled] = {"color": "no such color", "hatch": "$x$", "shape": ("eval", 1.0)}[spoiled]
    with pytest.raises(ValueError, match=r"unknown|not there"):
        rebuild(described)


def test_curves_cross_before_guide_lines() -> None:
    made, axes = plt.subplots()
    for x in range(MAX_ARTISTS + 5):
        axes.axvline(x)
    axes.plot(X, X)
    got = crossed(made)
    plt.close(made)
    assert len(got.axes[0].lines) == MAX_ARTISTS
    assert np.array_equal(got.axes[0].lines[-1].get_xdata(), X)


def test_a_figure_that_cannot_be_described_is_opaque() -> None:
    broken = Figure()
    broken.legends = None  # type: ignore[assignment]
    got = crossed([1, broken])
    assert got[0] == 1
    assert isinstance(got[1], Opaque)


def test_rebuilding_leaves_pyplot_alone(figure: Any) -> None:
    before = plt.get_fignums()
    crossed(figure)
    assert plt.get_fignums() == before


SPOILED: dict[str, Any] = {
    "size": ["size"],
    "nan size": ("size", (float("nan"), 1.0)),
    "no axes": ("axes", 3),
    "many axes": ("axes", [{}] * 1000),
    "title": ("suptitle", 5),
    "long title": ("suptitle", "x" * 10_000),
}
SPOILED_AXES: dict[str, tuple[str, Any]] = {
    "position": ("position", (1.0, 2.0)),
    "infinite position": ("position", (float("inf"),) * 4),
    "titles": ("titles", ["a"]),
    "labels": ("labels", []),
    "limits": ("limits", [(float("nan"), 1.0), (0.0, 1.0)]),
    "lines": ("lines", [{"x": [1]}]),
    "legend": ("legend", "text"),
    "no colour": ("facecolor", (1.0,)),
    "strokes": ("strokes", [{"points": np.zeros((2, 2)), "lengths": np.array([3.0])}]),
    "insets": ("insets", [{"insets": [{}]}]),
    "images": ("images", [{"pixels": np.zeros(3), "extent": (0.0, 1.0, 0.0, 1.0), "label": ""}]),
    "scatters": ("scatters", [{"offsets": np.zeros(3), "colors": np.zeros((1, 4)), "sizes": np.zeros(1), "label": ""}]),
}


@pytest.mark.parametrize("name", [*SPOILED, *SPOILED_AXES])
def test_hostile_descriptions_are_refused(figure: Any, name: str) -> None:
    described = copy.deepcopy(figures.describe(figure))
    if name in SPOILED_AXES:
        key, value = SPOILED_AXES[name]
        described["axes"][0][key] = value
    elif isinstance(SPOILED[name], list):
        del described[SPOILED[name][0]]
    else:
        key, value = SPOILED[name]
        described[key] = value
    data = encode(figure)
    spoiled = data[: data.index(encode(figures.describe(figure)))] + encode(described)
    with pytest.raises(CodecError):
        decode(spoiled)


def test_what_can_be_seen_crosses() -> None:
    figure = Figure(facecolor="black")
    axes = figure.add_subplot()
    axes.set_facecolor((0.1, 0.2, 0.3, 1.0))
    axes.patch.set_visible(False)
    (line,) = axes.plot(X, X, alpha=0.25, marker="o", markersize=9, markerfacecolor="none", markeredgecolor="red")
    dots = axes.scatter([1, 2], [3, 4], facecolors="none", edgecolors="blue")
    dots.set_visible(False)
    got = crossed(figure).axes[0]
    assert crossed(figure).get_facecolor() == (0, 0, 0, 1)
    assert got.get_facecolor() == pytest.approx((0.1, 0.2, 0.3, 1.0))
    assert not got.patch.get_visible()
    assert got.get_visible()
    crossed_line = got.lines[0]
    assert (crossed_line.get_alpha(), crossed_line.get_markersize()) == (0.25, 9.0)
    assert crossed_line.get_markerfacecolor() == "none"
    assert crossed_line.get_markeredgecolor() == "red"
    assert not got.collections[0].get_visible()
    assert len(got.collections[0].get_facecolor()) == 0
    assert tuple(got.collections[0].get_edgecolor()[0]) == (0, 0, 1, 1)
    assert line.get_alpha() == 0.25


def test_line_collections_cross() -> None:
    figure = Figure()
    axes = figure.add_subplot()
    curve = np.column_stack([X, X**2])
    axes.add_collection(LineCollection([curve, curve + 1], colors=["red", (0, 0, 1, 0.5)], linewidths=[1, 3]))
    axes.add_collection(LineCollection([curve[i : i + 2] for i in range(len(curve) - 1)], visible=False))
    first, second = crossed(figure).axes[0].collections
    np.testing.assert_array_equal(first.get_segments()[1], curve + 1)
    assert tuple(first.get_edgecolor()[1]) == (0, 0, 1, 0.5)
    assert list(first.get_linewidth()) == [1, 3]
    assert len(second.get_segments()) == len(curve) - 1
    assert not second.get_visible()


def test_insets_and_subfigures_cross() -> None:
    figure = Figure()
    axes = figure.add_subplot()
    inset = axes.inset_axes((0.5, 0.5, 0.25, 0.25))
    inset.plot(X, X)
    inset.inset_axes((0, 0, 1, 1)).plot(X, X)
    (got,) = crossed(figure).axes[0].child_axes
    assert len(got.lines) == 1
    halves: Any = Figure().subfigures(1, 2)
    left, right = halves
    left.add_subplot().plot(X, X)
    right.add_subplot()
    assert len(crossed(left).axes[0].lines) == 1
    assert crossed(right).axes[0].lines[:] == []
