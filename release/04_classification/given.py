"""What the labs are given: the target function, plots, and pictures with sliders. It lies beside each notebook."""

from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = ["black", "#0072b2", "#d55e00", "#009e73", "#cc79a7"]


def gaussian(x: np.ndarray | float) -> np.ndarray:
    """The target function f(x) = exp(-x^2), element by element, in the shape of x."""
    f: np.ndarray = np.exp(-np.square(x))
    return f


def mean_cross_entropy(y: np.ndarray, p: np.ndarray) -> float:
    """Mean over the points of the cross-entropy of classes y (n,), 0 or 1, and probabilities p (n,) of class 1."""
    q = np.where(np.ravel(y) == 1, np.ravel(p), 1 - np.ravel(p))  # the probability of the class that a point has
    return float(-np.mean(np.log(np.clip(q, 1e-15, 1.0))))  # clip keeps the logarithm finite


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
    crowded = ax is None and len(curves) > 3
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4.8))
    for i, (label, y) in enumerate(curves.items()):
        ax.plot(x, y, color=_COLOURS[i % 5], linestyle=dashes[i % 5], linewidth=2.5, label=label)
    ax.set_title(title, fontsize=15)
    ax.set_xlabel(xlabel, fontsize=14)
    ax.set_ylabel(ylabel, fontsize=14)
    ax.tick_params(labelsize=12)
    ax.grid(alpha=0.3)
    if crowded:  # four lines of a legend would hide curves
        ax.legend(fontsize=12, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.16))
    else:
        ax.legend(fontsize=12)


def compare(x: np.ndarray, target: np.ndarray, outputs: dict[str, np.ndarray]) -> None:
    """Print a target and outputs over sorted points x (n,) at both ends and in the middle, with the outputs' MSE."""
    rows = {
        name: {"left end": y[0], "middle": np.interp(0.0, x, y), "right end": y[-1], "MSE": np.mean((y - target) ** 2)}
        for name, y in {"target": target, **outputs}.items()
    }
    print((pd.DataFrame(rows).T.round(3) + 0.0).to_string())  # + 0.0 turns -0.0 into 0.0


def plot_errors(
    errors: dict[str, dict[int, float]], ax: "Axes", xlabel: str = "steps", ylabel: str = "mean squared error"
) -> None:
    """Draw one line for each label of errors, which maps numbers of steps to errors, on a log scale."""
    for i, (label, by_steps) in enumerate(errors.items()):
        steps, values = zip(*sorted(by_steps.items()), strict=True)
        look = "osv^D*"[i % 6] + ["-", "-.", ":", "--"][i % 4]
        ax.plot(steps, values, look, markersize=5, linewidth=2, label=label, color=_COLOURS[1 + i % 4])
    ax.set_yscale("log")
    ax.locator_params(axis="x", nbins=5)
    ax.set_xlabel(xlabel, fontsize=14)
    ax.set_ylabel(ylabel, fontsize=14)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=11)


def plot_run(
    x: np.ndarray,
    curves: dict[str, np.ndarray],
    errors: dict[str, dict[int, float]],
    title: str = "",
    ylim: tuple[float, float] | None = None,
) -> "Figure":
    """A training in two plots side by side: curves over x (n,) as in plot_curves, errors as in plot_errors."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    plot_curves(x, curves, title, ax=left)
    left.set_ylim(ylim)
    plot_errors(errors, right)
    return fig


def slope_of(f: "Callable[[Any], Any]", size: int = 0) -> Any:
    """The slope of f(t) at t = 0, measured by nudging t a little up and a little down: a central difference.

    With a size, t is an array (size,) whose elements are nudged one by one; returns one slope for each.
    """
    nudges = 1e-4 * np.eye(size) if size else [1e-4]
    slopes = [(f(nudge) - f(-nudge)) / 2e-4 for nudge in nudges]
    return np.array(slopes) if size else slopes[0]


def compare_gradients(
    parameters: dict[str, list[float] | np.ndarray], loss: "Callable[..., Any]", gradients: "Callable[..., Any]"
) -> None:
    """Print gradients beside those that nudging gives, one row for each element of each parameter.

    Args:
        parameters: name -> values, of any shape.
        loss: called with the parameters in order; returns one number.
        gradients: called with the parameters in order; returns one gradient for each, with as many elements.
    """
    values = [np.array(value) for value in parameters.values()]
    rows = []
    for k, (name, gradient) in enumerate(zip(parameters, gradients(*values), strict=True)):

        def nudged(t: np.ndarray, k: int = k) -> float:
            moved = values[k] + np.reshape(t, values[k].shape)
            return float(np.ravel(loss(*values[:k], moved, *values[k + 1 :]))[0])

        by_nudging = slope_of(nudged, size=values[k].size)
        places = [", ".join(map(str, place)) for place in np.ndindex(*values[k].shape)]
        pairs = zip(places, np.ravel(gradient), by_nudging, strict=True)
        rows += [[f"{name}[{place}]", *pair] for place, *pair in pairs]
    print(pd.DataFrame(rows, columns=["parameter", "gradient", "by nudging"]).round(5).to_string(index=False))


def explore(draw: "Callable[..., Figure]", on_release: bool = False, play: str = "", **ranges: tuple[Any, ...]) -> None:
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


def explore_runs(
    run: "Callable[[int, float], np.ndarray]", x: np.ndarray, target: np.ndarray, known: dict[int, float]
) -> None:
    """Sliders for the settings of a training, which runs afresh each time; the errors of all runs stay in the picture.

    The function run(steps, lr) returns outputs over x (n,), where the target is target (n,); known maps numbers of
    steps to errors for a learning rate of 0.01.
    """
    most = 20000
    tried = {"best constant": dict.fromkeys((0, most), float(np.var(target)))}
    tried["lr = 0.01"] = {steps: error for steps, error in known.items() if steps <= most}

    def draw(steps: int, lr: float) -> "Figure":
        y_out = run(steps, lr)
        tried.setdefault(f"lr = {lr}", {})[steps] = float(np.mean((y_out - target) ** 2))
        return plot_run(x, {"target": target, "network": y_out}, tried, f"lr = {lr}, {steps} steps", (-0.3, 1.3))

    rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3]
    explore(draw, on_release=True, steps=(0, most, 2000, 500), lr=(rates, 0.1))


def explore_steps(
    outputs: "Callable[[Any, np.ndarray], np.ndarray]", frames: dict[str, list[Any]], x: np.ndarray, every: int = 10
) -> None:
    """A film of trainings: what the networks give after each step, and the errors at the points x (n,) until then.

    frames maps a label to the parameters after each step, for which outputs(parameters, x) gives the outputs.
    """
    fine = np.linspace(x[0], x[-1], 101)
    last = len(next(iter(frames.values()))) - 1

    def error(parameters: Any) -> float:
        return float(np.mean((outputs(parameters, x) - gaussian(x)) ** 2))

    errors = {name: {s: error(made[s]) for s in range(0, last + 1, every)} for name, made in frames.items()}

    def draw(step: int) -> "Figure":
        fell = {name: {s: value for s, value in made.items() if s <= step} for name, made in errors.items()}
        curves = {name: outputs(made[step], fine) for name, made in frames.items()}
        return plot_run(fine, {"target": gaussian(fine), **curves}, fell, f"after {step} steps", (-1.2, 2.2))

    explore(draw, play="step", step=(0, last, last, every))


def explore_epochs(
    train: "Callable[..., Any]",
    measure: "Callable[..., list[float]]",
    probability: "Callable[..., np.ndarray]",
    X: np.ndarray,
    y: np.ndarray,
) -> None:
    """Sliders for the settings of a classifier, which is trained afresh: its boundary, and its losses until then.

    Args:
        train: called with X (n, 2), y (n,), epochs, batch size, learning rate and seed; returns the parameters.
        measure: called with the parameters; returns the loss on the points for training, for validation, and more.
        probability: called with points (m, 2) and the parameters; returns m probabilities of class 1.
        X, y: the points for training and their classes.
    """
    counts = [0, 1, 2, 5, 10, 20, 50, 100, 200]

    @cache
    def trained(epochs: int, lr: float) -> Any:
        return train(X, y, epochs, 10, lr, 0)

    def draw(epochs: int, lr: float) -> "Figure":
        fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
        plot_boundary(X, y, probability, trained(epochs, lr), f"lr = {lr}, {epochs} epochs", left)
        until = [n for n in counts if n <= epochs]
        rows = [measure(*trained(n, lr))[:2] for n in until]
        history = pd.DataFrame(rows, index=until, columns=["training loss", "validation loss"])
        _plot_quantity(history, "loss", right, log=True)
        return fig

    explore(draw, on_release=True, epochs=(counts, 20), lr=([0.0001, 0.001, 0.01, 0.1, 1.0], 0.01))


def mean_gradients(
    backprop: "Callable[..., Any]", x: np.ndarray, parameters: tuple[Any, ...]
) -> tuple[np.ndarray, ...]:
    """Mean of the gradients over points x (n,) whose target is the Gaussian, one array (k,) for each parameter."""
    by_point = [backprop(point, float(gaussian(point)), *parameters) for point in x]
    return tuple(np.mean([np.ravel(slopes[k]) for slopes in by_point], axis=0) for k in range(len(parameters)))


def descend(
    backprop: "Callable[..., Any]",
    update: "Callable[..., Any]",
    x: np.ndarray,
    starts: dict[str, tuple[list[float], ...]],
    lr: float,
    steps: int,
) -> dict[str, list[Any]]:
    """For each label of starts, the parameters at the start and after each step along the mean gradient over x (n,)."""
    frames: dict[str, list[Any]] = {name: [tuple(map(np.array, start))] for name, start in starts.items()}
    for made in frames.values():
        for _ in range(steps):
            made.append(update(made[-1], mean_gradients(backprop, x, made[-1]), lr))
    return frames


def _slider(name: str, values: tuple[Any, ...], live: bool) -> Any:
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


def scatter_by_class(X: np.ndarray, y: np.ndarray, title: str, ax: "Axes | None" = None) -> None:
    """Draw points X (n, 2), one marker and colour for each class in y (n,)."""
    if ax is None:
        _, ax = plt.subplots(figsize=(7.5, 4.8))
    looks = {0: {"color": "#d55e00", "marker": "o"}, 1: {"color": "#0072b2", "marker": "^"}}
    points = pd.DataFrame({"x_1": X[:, 0], "x_2": X[:, 1], "class": y})
    for label, group in points.groupby("class"):
        group.plot.scatter(x="x_1", y="x_2", ax=ax, s=30, alpha=0.7, label=f"class {label}", **looks[label])
    ax.set_title(title, fontsize=15)
    ax.set_xlabel("$x_1$", fontsize=14)
    ax.set_ylabel("$x_2$", fontsize=14)
    ax.legend(fontsize=12, loc="upper right")


def plot_boundary(
    X: np.ndarray,
    y: np.ndarray,
    probability: "Callable[..., np.ndarray]",
    parameters: tuple[Any, ...],
    title: str,
    ax: "Axes | None" = None,
    window: tuple[float, float, float, float] = (-2.5, 5.5, -2.5, 8.0),
) -> None:
    """Draw points X (n, 2) with classes y (n,), the probability of class 1 as shading, and the line where it is 0.5.

    The function probability takes points (m, 2) and the parameters, and returns m probabilities. The window is the part
    of the plane: lowest and highest x_1, lowest and highest x_2.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(8, 4.8))
    shades = _shade(ax, probability, parameters, window)
    scatter_by_class(X, y, title, ax)
    ax.plot([], [], "k--", linewidth=2, label="p = 0.5")
    ax.legend(fontsize=12, loc="upper right")
    plt.colorbar(shades, ax=ax, label="probability of class 1")


def _shade(
    ax: "Axes",
    probability: "Callable[..., np.ndarray]",
    parameters: tuple[Any, ...],
    window: tuple[float, float, float, float],
) -> Any:
    """Shade a part of the plane by the probability of class 1, and draw the line where it is 0.5."""
    from matplotlib.colors import LinearSegmentedColormap

    x_1, x_2 = np.meshgrid(np.linspace(*window[:2], 81), np.linspace(*window[2:], 106))
    p = np.reshape(probability(np.column_stack([x_1.ravel(), x_2.ravel()]), *parameters), x_1.shape)
    from_0_to_1 = LinearSegmentedColormap.from_list("classes", ["#f5d0ae", "white", "#b3d7ee"])
    shades = ax.contourf(x_1, x_2, p, levels=np.linspace(0.0, 1.0, 11), cmap=from_0_to_1)
    ax.contour(x_1, x_2, p, levels=[0.5], colors="black", linestyles="--", linewidths=2)
    return shades


def plot_networks(
    X: np.ndarray, y: np.ndarray, probability: "Callable[..., np.ndarray]", networks: dict[str, tuple[Any, ...]]
) -> None:
    """The boundaries of up to four networks with one hidden layer, beside and below one another, over points X (n, 2).

    Up to four hidden neurons are drawn as well, each as the dotted line where it changes sign. The function probability
    is that of `plot_boundary`; networks maps a title to W_1 (2, J), b_1 (J,), w_2 (J,), b_2 (1,).
    """
    fig, axes = plt.subplots(2, 2, figsize=(9.5, 7.6), sharex=True, sharey=True, layout="constrained")
    low, high = np.min(X, axis=0) - 0.3, np.max(X, axis=0) + 0.3
    for ax, (title, network) in zip(axes.flat, networks.items(), strict=False):
        shades = _shade(ax, probability, network, (low[0], high[0], low[1], high[1]))
        scatter_by_class(X, y, title, ax)
        ax.get_legend().remove()
        W_1, b_1 = np.asarray(network[0], dtype=float), np.ravel(network[1])
        for j in range(b_1.size if b_1.size <= 4 else 0):
            x_1, x_2 = np.meshgrid(np.linspace(low[0], high[0], 41), np.linspace(low[1], high[1], 41))
            z = W_1[0, j] * x_1 + W_1[1, j] * x_2 + b_1[j]
            ax.contour(x_1, x_2, z, levels=[0.0], colors="#555555", linestyles=":", linewidths=1.8)
        ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    fig.colorbar(shades, ax=axes, label="probability of class 1", shrink=0.7)
    axes[0, 0].plot([], [], "k--", linewidth=2, label="p = 0.5")
    axes[0, 0].plot([], [], color="#555555", linestyle=":", linewidth=1.8, label="a hidden neuron's $z = 0$")
    fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize=12)
    plt.show()


def training_path(
    train: "Callable[..., Any]", start: Any, X: np.ndarray, y: np.ndarray, counts: list[int], lr: float
) -> dict[int, Any]:
    """Number of epochs -> parameters, for one training in batches of 20 that goes on from each count to the next.

    The function train is called with X (n, D), y (n,), parameters, epochs, batch size, learning rate and seed.
    """
    made, done = {}, 0
    for count in counts:
        made[count] = start = train(X, y, start, count - done, 20, lr, count) if count > done else start
        done = count
    return made


def explore_networks(
    train: "Callable[..., Any]",
    initial: "Callable[[int, int, int], Any]",
    measure: "Callable[..., list[float]]",
    probability: "Callable[..., np.ndarray]",
    X: np.ndarray,
    y: np.ndarray,
) -> None:
    """Sliders for the settings of a network, which is trained afresh: its boundary, and its losses until then.

    Args:
        train: see `training_path`.
        initial: called with the number of inputs, that of hidden neurons and a seed; returns the start values.
        measure: called with the parameters; returns the loss on the points for training and for validation, and more.
        probability: see `plot_boundary`.
        X, y: the points for training (n, 2) and their classes (n,).
    """
    counts = [0, 1, 2, 5, 10, 20, 50, 100, 200]
    low, high = np.min(X, axis=0) - 0.3, np.max(X, axis=0) + 0.3

    @cache
    def trained(J: int, lr: float) -> dict[int, Any]:
        return training_path(train, initial(2, J, 0), X, y, counts, lr)

    def draw(J: int, epochs: int, lr: float) -> "Figure":
        fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
        path = {count: made for count, made in trained(J, lr).items() if count <= epochs}
        title = f"J = {J}, lr = {lr}, {epochs} epochs"
        plot_boundary(X, y, probability, path[epochs], title, left, (low[0], high[0], low[1], high[1]))
        history = pd.DataFrame([measure(made)[:2] for made in path.values()], index=list(path))
        history.columns = ["training loss", "validation loss"]
        _plot_quantity(history, "loss", right, log=True)
        return fig

    rates = [0.001, 0.01, 0.1, 0.5, 2.0, 10.0, 50.0]
    explore(draw, on_release=True, J=([1, 2, 3, 4, 8, 16, 32], 4), epochs=(counts, 200), lr=(rates, 0.5))


def plot_digits(images: np.ndarray, titles: list[str]) -> None:
    """Draw small images (k, 64), 8 by 8 numbers each, in a row of at most 8, with a title above each."""
    _, axes = plt.subplots(1, 8, figsize=(9.5, 1.7), layout="constrained")
    for ax in axes:
        ax.axis("off")
    for ax, image, title in zip(axes, images, titles, strict=False):
        ax.imshow(np.reshape(image, (8, 8)), cmap="gray_r")
        ax.set_title(title, fontsize=11)
    plt.show()


def plot_history(history: pd.DataFrame) -> None:
    """Draw losses, on a logarithmic scale, and accuracies over the epochs, which are the index of the table.

    Its columns are the losses of training and validation, then both accuracies.
    """
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    _plot_quantity(history.iloc[:, :2], "loss", left, log=True)
    _plot_quantity(history.iloc[:, 2:], "accuracy", right)
    plt.show()


def _plot_quantity(history: pd.DataFrame, quantity: str, ax: "Axes", log: bool = False) -> None:
    """Draw the columns of a history, which hold a quantity."""
    curves = history.rename(index=str)  # names instead of numbers: evenly spaced along the axis
    curves.plot(ax=ax, style=["o-", "^--"], color=_COLOURS[1:3], linewidth=2, logy=log)
    ax.set_xticks(range(len(curves)), labels=curves.index)
    ax.set_xlabel("epochs", fontsize=14)
    ax.set_ylabel(quantity + (" (log scale)" if log else ""), fontsize=14)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=12)


class Node:
    """A number in a graph, which remembers what it was made from.

    Attributes:
        data: the number.
        parents: the nodes that it was made from; empty if it was made from none.
        slopes: its derivative with respect to each of its parents, in their order.
        grad: the derivative of the last node of the graph with respect to this one, once it has been computed.
    """

    def __init__(self, data: float, parents: "tuple[Node, ...]" = (), slopes: tuple[float, ...] = ()) -> None:
        self.data = data
        self.parents = parents
        self.slopes = slopes
        self.grad = 0.0

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.data:.6g}, grad={self.grad:.6g})"
