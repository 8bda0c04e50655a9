"""The labs' test cells: what they leave in the notebook, and the kinds of answers that they accept and reject.

The catalogue holds one wrong answer of each kind, with its sentence; here the other members of a kind are tried.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from coursebuild.inclass import split_test
from coursebuild.parse import Role
from tests.catalogue import labtext
from tests.catalogue.labtext import lab_cells
from tests.catalogue.trial import quiet, reference_names, verdicts

LABS = sorted(path.stem for path in (Path(__file__).parents[2] / "labs").glob("0*.py"))
TEST_CELLS = [(lab, cell) for lab in LABS for cell in lab_cells(lab) if cell.role is Role.TEST]

AXES = "x = np.linspace(-5, 5, 500)\nfig, ax = plt.subplots()\n"
CURVES = AXES + "ax.plot(x, sigmoid(x))\nax.plot(x, np.tanh(x))\n"
UNSEEN = {
    "transparent": AXES + "ax.plot(x, sigmoid(x), alpha=0)\nax.plot(x, np.tanh(x))",
    "colour without opacity": AXES + "ax.plot(x, sigmoid(x), color=(0, 0, 1, 0))\nax.plot(x, np.tanh(x))",
    "switched off": AXES + "ax.plot(x, sigmoid(x))\nax.plot(x, np.tanh(x), visible=False)",
    "axes switched off": CURVES + "ax.set_visible(False)",
    "white on white": AXES + "ax.plot(x, sigmoid(x), 'w')\nax.plot(x, np.tanh(x))",
    "navy on navy": AXES
    + "ax.set_facecolor('navy')\nax.plot(x, sigmoid(x), 'w')\nax.plot(x, np.tanh(x), color='navy')",
    "no width": AXES + "ax.plot(x, sigmoid(x), lw=0)\nax.plot(x, np.tanh(x))",
    "no style": AXES + "ax.plot(x, sigmoid(x), ls='')\nax.plot(x, np.tanh(x))",
    "markers of size 0": AXES + "ax.plot(x, sigmoid(x), 'o', ms=0)\nax.plot(x, np.tanh(x))",
    "dots of size 0": AXES + "ax.scatter(x, sigmoid(x), s=0)\nax.plot(x, np.tanh(x))",
    "transparent dots": AXES + "ax.scatter(x, sigmoid(x), alpha=0)\nax.plot(x, np.tanh(x))",
    "above the limits": CURVES + "ax.set_ylim(2, 3)",
    "left of the limits": CURVES + "ax.set_xlim(4, 5)",
    "half of the tanh cut off": CURVES + "ax.set_ylim(0, 1)",
    "logarithmic": CURVES + "ax.set_yscale('log')",
}
STROKES = """
from matplotlib.collections import LineCollection
x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
for y in (sigmoid(x), np.tanh(x)):
    points = np.column_stack([x, y]).reshape(-1, 1, 2)
    strokes = LineCollection(np.concatenate([points[:-1], points[1:]], axis=1), cmap="viridis")
    strokes.set_array(y[:-1])
    ax.add_collection(strokes)
ax.set(xlim=(-5, 5), ylim=(-1, 1))
"""
WHOLE_CURVES = """
from matplotlib.collections import LineCollection
x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.add_collection(LineCollection([np.column_stack([x, sigmoid(x)]), np.column_stack([x, np.tanh(x)])]))
ax.autoscale()
"""
SUBFIGURES = """
x = np.linspace(-5, 5, 500)
fig = plt.figure()
left, right = fig.subfigures(1, 2)
left.subplots().plot(x, sigmoid(x))
right.subplots().plot(x, np.tanh(x))
"""
ONE_SUBFIGURE = """
x = np.linspace(-5, 5, 500)
fig, other = plt.figure().subfigures(1, 2)
ax = fig.subplots()
ax.plot(x, sigmoid(x))
ax.plot(x, np.tanh(x))
"""
WHITE_ON_BLACK = """
x = np.linspace(-5, 5, 500)
with plt.style.context("dark_background"):
    fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), "w")
ax.plot(x, np.tanh(x), "w--")
"""
SEEN = {
    "a line collection of strokes": STROKES,
    "a line collection of curves": WHOLE_CURVES,
    "an inset": AXES + "ax.plot(x, np.tanh(x))\nax.inset_axes([0.1, 0.6, 0.3, 0.3]).plot(x, sigmoid(x))",
    "two subfigures": SUBFIGURES,
    "a subfigure": ONE_SUBFIGURE,
    "white on black": WHITE_ON_BLACK,
    "transparent paper": CURVES + "fig.patch.set_alpha(0)\nax.patch.set_alpha(0)",
    "hollow dots": AXES
    + "ax.scatter(x, sigmoid(x), facecolors='none', edgecolors='k')\nax.plot(x, np.tanh(x), alpha=0.3)",
    "axes turned round": CURVES + "ax.invert_xaxis()\nax.invert_yaxis()",
}
TRAIN = """
def train(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    p = (np.array([1.0, -1.0]), np.ones(2), np.array([1.0, -1.0]), np.ones(1))
    for k in range(N):
        x = {}
        p = update(p, backprop(x, gaussian(x), *p), lr)
    return p
"""
DRAWS = {
    "always the ends": "rng.choice(X[[0, -1]])",
    "the left half": "rng.choice(X[: len(X) // 2 + 1])",
    "never the first": "X[rng.integers(1, len(X))] if len(X) > 1 else X[0]",
    "every second in turn": "X[(2 * k + seed) % len(X)]",
    "squares": "X[(seed + k * k) % len(X)]",
    "neighbours": "X[(np.random.default_rng(seed).integers(len(X)) + k) % len(X)]",
    "the same again": "np.random.default_rng(seed).choice(X)",
    "two seeds": "np.random.default_rng([seed % 2, k]).choice(X)",
    "between the points": "rng.uniform(X.min(), X.max())",
    "means": "np.mean(rng.choice(X, 5))",
}


def problems(lab: str, exercise: str, text: str) -> list[str]:
    """What the tests of the exercise say about an answer."""
    said = verdicts(lab, exercise, f"import numpy as np\n{text}", elsewhere=False)
    return [problem for test in sorted(labtext.tests_of(lab, exercise)) if (problem := said[test])]


@pytest.mark.parametrize(("lab", "cell"), TEST_CELLS, ids=lambda value: getattr(value, "grade_id", value))
def test_a_visible_test_leaves_no_names_behind(lab: str, cell: object) -> None:
    names = dict(reference_names(lab)[""])
    before = set(names)
    with quiet():
        exec(split_test(cell.source)[0], names)  # type: ignore[attr-defined]
    assert set(names) - before <= {"check"}


@pytest.mark.parametrize("how", UNSEEN)
def test_a_curve_that_nobody_can_see_is_rejected(how: str) -> None:
    (problem,) = problems("01_single_neuron", "plot_sig", UNSEEN[how])
    assert "nobody can see it" in problem


@pytest.mark.parametrize("how", SEEN)
def test_a_curve_can_be_drawn_in_many_ways(how: str) -> None:
    assert problems("01_single_neuron", "plot_sig", SEEN[how]) == []


def test_a_curve_that_is_drawn_twice_is_told() -> None:
    text = AXES + "ax.plot(x, sigmoid(x), 'b')\nax.plot(x, sigmoid(x), 'r--')\n"
    (problem,) = problems("01_single_neuron", "plot_sig", text)
    assert "one curve is drawn twice" in problem


@pytest.mark.parametrize("bundle", ["plot", "scatter"])
def test_two_curves_among_many_are_rejected(bundle: str) -> None:
    text = (
        AXES + f"for k in (0.5, 1, 1.5, 2):\n    ax.{bundle}(x, np.tanh(k * x))\n    ax.{bundle}(x, sigmoid(k * x))\n"
    )
    (problem,) = problems("01_single_neuron", "plot_sig", text)
    assert "6 more" in problem


@pytest.mark.parametrize("draws", DRAWS)
def test_draws_that_are_not_random_points_of_x_are_rejected(draws: str) -> None:
    assert problems("03_backpropagation", "train", TRAIN.format(DRAWS[draws]))


@pytest.mark.parametrize(("lr", "right"), [(0.45, True), (0.46, False), (0.5, False), (1e-6, True)])
def test_a_learning_rate_that_does_not_help_is_known_at_home(lr: float, right: bool) -> None:
    cell = next(cell for _, cell in TEST_CELLS if cell.exercise == "learning_rate")
    names = {"lr_small": lr}
    if right:
        exec(split_test(cell.source)[0], names)
    else:
        with pytest.raises(AssertionError, match="not closer"):
            exec(split_test(cell.source)[0], names)


@pytest.mark.parametrize(
    "text",
    [
        "w_1, b_1 = train_classifier(np.vstack([X_train, X_test]), np.append(y_train, y_test), 200, 10, 0.01, 42)",
        "w_1, b_1 = train_classifier(X_test, y_test, 500, 10, 0.01, 3)",
        "model = LogisticRegression(tol=1e-9).fit(X_train, y_train)\nw_1, b_1 = model.coef_, model.intercept_",
    ],
)
def test_weights_of_another_origin_are_rejected(text: str) -> None:
    score = "\ntest_accuracy = np.mean((X_test @ np.ravel(w_1) + b_1 > 0) == y_test)"
    (problem,) = problems("04_classification", "test_accuracy", text + score)
    assert "train on X_train" in problem or "train with your own" in problem
