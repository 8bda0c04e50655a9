"""What the labs are given: the target function, plots, and pictures with sliders. It lies beside each notebook."""

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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
    colours = ["black", "#0072b2", "#d55e00", "#009e73", "#cc79a7"]
    dashes = ["--", "-", "-.", ":", (0, (8, 2, 2, 2, 2, 2))]
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 5))
    for i, (label, y) in enumerate(curves.items()):
        ax.plot(x, y, color=colours[i % 5], linestyle=dashes[i % 5], linewidth=2.5, label=label)
    ax.set_title(title, fontsize=15)
    ax.set_xlabel(xlabel, fontsize=14)
    ax.set_ylabel(ylabel, fontsize=14)
    ax.tick_params(labelsize=12)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=12)


def explore(draw: "Callable[..., Figure]", **ranges: tuple[float, float, float]) -> None:
    """Show the figure that draw(name=value, ...) returns, with one slider for each name=(lowest, highest, start).

    The picture is an ordinary output that the sliders renew. So it is there where no slider can be: without
    ipywidgets, on paper, in a viewer that runs no code.
    """
    from IPython.display import display

    def picture(**values: float) -> "Figure":
        fig = draw(**values)
        plt.close(fig)  # otherwise the notebook would show it a second time
        return fig

    start = {name: value for name, (_, _, value) in ranges.items()}
    try:
        from ipywidgets import FloatSlider, VBox
    except ImportError:
        display(picture(**start))
        return

    sliders = {
        name: FloatSlider(min=lowest, max=highest, value=value, step=0.1, description=name)
        for name, (lowest, highest, value) in ranges.items()
    }
    display(VBox(list(sliders.values())))
    shown = display(picture(**start), display_id=True)
    for slider in sliders.values():
        slider.observe(lambda _: shown.update(picture(**{n: s.value for n, s in sliders.items()})), "value")


def scatter_by_class(X: np.ndarray, y: np.ndarray, ax: "Axes") -> None:
    """Draw points X (n, 2) into the axes ax, one marker and colour for each class in y (n,)."""
    looks = {0: {"color": "#d55e00", "marker": "o"}, 1: {"color": "#0072b2", "marker": "^"}}
    points = pd.DataFrame({"x_1": X[:, 0], "x_2": X[:, 1], "class": y})
    for label, group in points.groupby("class"):
        group.plot.scatter(x="x_1", y="x_2", ax=ax, s=30, alpha=0.7, label=f"class {label}", **looks[label])
    ax.set_xlabel("$x_1$", fontsize=14)
    ax.set_ylabel("$x_2$", fontsize=14)
    ax.legend(fontsize=12, loc="upper right")


def plot_boundary(X: np.ndarray, y: np.ndarray, probability: "Callable[[np.ndarray], np.ndarray]", title: str) -> None:
    """Draw points X (n, 2) with classes y (n,), the probability of class 1 as shading, and the line where it is 0.5.

    The function probability takes points (m, 2) and returns m probabilities.
    """
    from matplotlib.colors import LinearSegmentedColormap

    x_1, x_2 = np.meshgrid(np.linspace(-2.5, 5.5, 81), np.linspace(-2.5, 8.0, 106))
    p = np.reshape(probability(np.column_stack([x_1.ravel(), x_2.ravel()])), x_1.shape)
    fig, ax = plt.subplots(figsize=(9, 6))
    from_0_to_1 = LinearSegmentedColormap.from_list("classes", ["#f5d0ae", "white", "#b3d7ee"])
    shades = ax.contourf(x_1, x_2, p, levels=np.linspace(0.0, 1.0, 11), cmap=from_0_to_1)
    ax.contour(x_1, x_2, p, levels=[0.5], colors="black", linestyles="--", linewidths=2)
    scatter_by_class(X, y, ax)
    ax.plot([], [], "k--", linewidth=2, label="p = 0.5")
    ax.legend(fontsize=12, loc="upper right")
    ax.set_title(title, fontsize=15)
    fig.colorbar(shades, ax=ax, label="probability of class 1")
    plt.show()


def plot_history(history: pd.DataFrame) -> None:
    """Draw accuracies and the loss (columns) over the epochs (index), side by side."""
    _, (left, right) = plt.subplots(1, 2, figsize=(14, 4.5))
    curves = history.rename(index=str)  # names instead of numbers: evenly spaced along the axis
    accuracies, losses = curves[["training accuracy", "test accuracy"]], curves[["training loss per point"]]
    accuracies.plot(ax=left, style=["o-", "^--"], color=["#0072b2", "#d55e00"], linewidth=2)
    losses.plot(ax=right, style="s-.", color="#009e73", linewidth=2, logy=True)
    for ax, what in ((left, "accuracy"), (right, "loss (logarithmic scale)")):
        ax.set_xticks(range(len(curves)), labels=curves.index)
        ax.set_xlabel("epochs", fontsize=14)
        ax.set_ylabel(what, fontsize=14)
        ax.grid(alpha=0.3)
        ax.legend(fontsize=12)
    plt.show()
