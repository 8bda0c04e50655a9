"""What the set-up cells of the labs hand out, written once: the build copies the source of these functions into them.

Each function may use only what every set-up cell imports: `np`, `plt` and `pd`. Annotations that need more are strings.
"""

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np

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
