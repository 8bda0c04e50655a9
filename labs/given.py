"""What the labs are given: the target function, plots, and pictures with sliders. It lies beside each notebook."""

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = ["black", "#0072b2", "#d55e00", "#009e73", "#cc79a7"]


def gaussian(x: np.ndarray | float) -> np.ndarray:
    """The target function f(x) = exp(-x^2), element by element, in the shape of x."""
    f: np.ndarray = np.exp(-np.square(x))
    return f


def plot_curves(
    x: np.ndarray,
    curves: dict[str, np.ndarray],
    title: str = "",
    ax: "Axes | None" = None,
    xlabel: str = "$x$",
    ylabel: str = "$y$",
) -> None:
    """Draw curves over shared points x (n,) in one pair of axes; curves maps each label to its values (n,).

    Curves differ in line style as well as in colour. The first one is dashed and black: put the target there.
    """
    dashes = ["--", "-", "-.", ":", (0, (8, 2, 2, 2, 2, 2))]
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4.8))
    for i, (label, y) in enumerate(curves.items()):
        ax.plot(x, y, color=_COLOURS[i % 5], linestyle=dashes[i % 5], linewidth=2.5, label=label)
    ax.set_title(title, fontsize=15)
    ax.set_xlabel(xlabel, fontsize=14)
    ax.set_ylabel(ylabel, fontsize=14)
    ax.tick_params(labelsize=12)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=12)


def plot_errors(errors: dict[str, dict[int, float]], ax: "Axes", xlabel: str = "steps") -> None:
    """Draw one line for each label of errors, which maps numbers of steps to mean squared errors, on a log scale."""
    for i, (label, by_steps) in enumerate(errors.items()):
        steps, values = zip(*sorted(by_steps.items()), strict=True)
        look = "osv^D*"[i % 6] + ["-", "-.", ":", "--"][i % 4]
        ax.plot(steps, values, look, markersize=5, linewidth=2, label=label, color=_COLOURS[1 + i % 4])
    ax.set_yscale("log")
    ax.set_xlabel(xlabel, fontsize=14)
    ax.set_ylabel("mean squared error", fontsize=14)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=11)


def plot_run(
    x: np.ndarray, curves: dict[str, np.ndarray], errors: dict[str, dict[int, float]], title: str = ""
) -> "Figure":
    """A training in two plots side by side: curves over x (n,) as in plot_curves, errors as in plot_errors."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    plot_curves(x, curves, title, ax=left)
    left.set_ylim(-0.3, 1.3)
    plot_errors(errors, right)
    return fig


def slope_of(f: "Callable[[float], np.ndarray | float]", nudge: float = 1e-4) -> np.ndarray | float:
    """The slope of f(t) at t = 0, measured by nudging t a little up and a little down: a central difference."""
    return (f(nudge) - f(-nudge)) / (2 * nudge)


def explore(
    draw: "Callable[..., Figure]", on_release: bool = False, play: str = "", **ranges: "tuple[Any, ...]"
) -> None:
    """Show the figure that draw(name=value, ...) returns, with one slider for each name.

    A range is (lowest, highest, start), in steps of 0.1, or (lowest, highest, start, step), or ([values], start).
    With on_release, a slider counts when it is let go: for pictures that take a while. The slider that `play` names
    gets a button that moves it step by step.

    The picture is an ordinary output that the sliders renew. So it is there where no slider can be: without
    ipywidgets, on paper, in a viewer that runs no code.
    """
    from IPython.display import display

    def picture(**values: float) -> "Figure":
        fig = draw(**values)
        plt.close(fig)  # otherwise the notebook would show it a second time
        return fig

    start = {name: values[1] if isinstance(values[0], list) else values[2] for name, values in ranges.items()}
    try:
        from ipywidgets import HBox, Play, VBox, jslink
    except ImportError:
        display(picture(**start))
        return

    sliders = {name: _slider(name, values, not on_release) for name, values in ranges.items()}
    rows = dict(sliders)
    if play:
        moved = sliders[play]
        button = Play(min=moved.min, max=moved.max, step=moved.step, value=moved.value, interval=500)
        jslink((button, "value"), (moved, "value"))
        rows[play] = HBox([button, moved])
    display(VBox(list(rows.values())))
    shown = display(picture(**start), display_id=True)
    for slider in sliders.values():
        slider.observe(lambda _: shown.update(picture(**{n: s.value for n, s in sliders.items()})), "value")


def _slider(name: str, values: "tuple[Any, ...]", live: bool) -> "Any":
    """A slider for a range as in `explore`, at least two pixels wide for each of its steps."""
    from ipywidgets import FloatSlider, IntSlider, Layout, SelectionSlider

    looks = {"description": name, "continuous_update": live}
    if isinstance(values[0], list):
        return SelectionSlider(options=values[0], value=values[1], layout=Layout(width="360px"), **looks)
    lowest, highest, start, step = (*values, 0.1)[:4]
    width = max(360, 2 * round((highest - lowest) / step) + 200)  # 200 for name and number
    kind = IntSlider if all(isinstance(value, int) for value in (lowest, highest, start, step)) else FloatSlider
    layout = Layout(width=f"{width}px", max_width="100%")
    return kind(min=lowest, max=highest, value=start, step=step, layout=layout, **looks)


def scatter_by_class(X: np.ndarray, y: np.ndarray, ax: "Axes") -> None:
    """Draw points X (n, 2) into the axes ax, one marker and colour for each class in y (n,)."""
    looks = {0: {"color": "#d55e00", "marker": "o"}, 1: {"color": "#0072b2", "marker": "^"}}
    points = pd.DataFrame({"x_1": X[:, 0], "x_2": X[:, 1], "class": y})
    for label, group in points.groupby("class"):
        group.plot.scatter(x="x_1", y="x_2", ax=ax, s=30, alpha=0.7, label=f"class {label}", **looks[label])
    ax.set_xlabel("$x_1$", fontsize=14)
    ax.set_ylabel("$x_2$", fontsize=14)
    ax.legend(fontsize=12, loc="upper right")


def plot_boundary(
    X: np.ndarray,
    y: np.ndarray,
    probability: "Callable[[np.ndarray], np.ndarray]",
    title: str,
    ax: "Axes | None" = None,
) -> None:
    """Draw points X (n, 2) with classes y (n,), the probability of class 1 as shading, and the line where it is 0.5.

    The function probability takes points (m, 2) and returns m probabilities.
    """
    from matplotlib.colors import LinearSegmentedColormap

    x_1, x_2 = np.meshgrid(np.linspace(-2.5, 5.5, 81), np.linspace(-2.5, 8.0, 106))
    p = np.reshape(probability(np.column_stack([x_1.ravel(), x_2.ravel()])), x_1.shape)
    if ax is None:
        _, ax = plt.subplots(figsize=(8, 5))
    from_0_to_1 = LinearSegmentedColormap.from_list("classes", ["#f5d0ae", "white", "#b3d7ee"])
    shades = ax.contourf(x_1, x_2, p, levels=np.linspace(0.0, 1.0, 11), cmap=from_0_to_1)
    ax.contour(x_1, x_2, p, levels=[0.5], colors="black", linestyles="--", linewidths=2)
    scatter_by_class(X, y, ax)
    ax.plot([], [], "k--", linewidth=2, label="p = 0.5")
    ax.legend(fontsize=12, loc="upper right")
    ax.set_title(title, fontsize=15)
    plt.colorbar(shades, ax=ax, label="probability of class 1")


def plot_history(history: pd.DataFrame, quantity: str, ax: "Axes", log: bool = False) -> None:
    """Draw the columns "training ..." and "validation ..." of a quantity over the epochs, which are the index."""
    curves = history.filter(like=quantity).rename(index=str)  # names instead of numbers: evenly spaced along the axis
    curves.plot(ax=ax, style=["o-", "^--"], color=_COLOURS[1:3], linewidth=2, logy=log)
    ax.set_xticks(range(len(curves)), labels=curves.index)
    ax.set_xlabel("epochs", fontsize=14)
    ax.set_ylabel(quantity + (" (log scale)" if log else ""), fontsize=14)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=12)
