"""What the set-up cells of the labs hand out, written once: the build copies the source of these functions into them.

Each function may use only what every set-up cell imports: `np`, `plt` and `pd`. Annotations with other names are strings.
"""

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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
