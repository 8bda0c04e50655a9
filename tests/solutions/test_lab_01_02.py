"""The reference answers of labs 01 and 02: known values, shapes, extreme inputs, and properties."""

from __future__ import annotations

import sys
import warnings
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.figure import Figure

from labs.given import explore, gaussian, plot_curves
from solutions.activation_point import activation_point
from solutions.affine import affine
from solutions.hidden_layer import hidden_layer
from solutions.network import network
from solutions.perceptron import perceptron
from solutions.plot_sig import fig, x
from solutions.sigmoid import sigmoid
from solutions.sigmoid_limits import limit_minus_infinity, limit_plus_infinity

pytestmark = pytest.mark.filterwarnings("error")

moderate = st.floats(-50, 50)
arrays = hnp.arrays(float, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4), elements=moderate)


def vectors(length: int) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(float, length, elements=moderate)


# --- sigmoid ---


@pytest.mark.parametrize(("z", "h"), [(0, 0.5), (np.log(3), 0.75), (-np.log(3), 0.25), (2, 0.880797), (-2, 0.119203)])
def test_sigmoid_has_the_known_values(z: float, h: float) -> None:
    assert sigmoid(z) == pytest.approx(h, abs=1e-6)


@pytest.mark.parametrize("z", [0, True, 1.5, [1, 2], ((1, 2), (3, 4)), np.int8(-128), np.float32(3), np.array(7)])
def test_sigmoid_takes_what_numpy_takes_and_gives_floats(z: Any) -> None:
    h = np.asarray(sigmoid(z))
    assert h.dtype == np.float64
    assert h.shape == np.shape(z)


def test_sigmoid_neither_overflows_nor_vanishes_too_early() -> None:
    z = np.array([-np.inf, -1e300, -1000, -745, -40, 40, 1000, 1e300, np.inf])
    h = sigmoid(z)
    assert np.all(np.isfinite(h))
    assert h[[0, -1]].tolist() == [0, 1]
    assert h[4] == pytest.approx(np.exp(-40), rel=1e-12)
    assert np.all(np.diff(h) >= 0)


def test_sigmoid_of_nan_is_nan() -> None:
    assert np.isnan(sigmoid(np.nan))


@given(arrays)
def test_sigmoid_and_its_mirror_image_add_up_to_one(z: np.ndarray) -> None:
    before = z.copy()
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), np.ones(z.shape), rtol=1e-14)
    np.testing.assert_array_equal(z, before)


@given(moderate)
def test_sigmoid_is_a_stretched_tanh(z: float) -> None:
    assert 2 * sigmoid(2 * z) - 1 == pytest.approx(np.tanh(z), abs=1e-14)


def test_the_limits_are_what_the_sigmoid_reaches() -> None:
    assert limit_plus_infinity == sigmoid(np.inf)
    assert limit_minus_infinity == sigmoid(-np.inf)


# --- plot_sig ---


def test_the_figure_shows_both_curves_over_the_points() -> None:
    assert x.shape == (500,)
    assert (x[0], x[-1]) == (-5, 5)
    curves = [line for axes in fig.axes for line in axes.get_lines()]
    for line, values in zip(curves, [sigmoid(x), np.tanh(x)], strict=True):
        np.testing.assert_array_equal(line.get_xdata(), x)
        np.testing.assert_allclose(np.asarray(line.get_ydata()), values)
    assert all(axes.get_title() and axes.get_xlabel() and axes.get_ylabel() for axes in fig.axes)


# --- one neuron ---


@given(vectors(5), moderate, moderate)
def test_affine_is_a_straight_line(inputs: np.ndarray, w: float, b: float) -> None:
    before = inputs.copy()
    np.testing.assert_allclose(affine(inputs, w, b), [w * value + b for value in inputs])
    np.testing.assert_array_equal(inputs, before)


def test_affine_takes_lists_and_keeps_the_shape() -> None:
    assert affine([1, 2], 3, -1).tolist() == [2, 5]  # type: ignore[arg-type]
    assert affine(np.zeros(0), 2.0, 1.0).shape == (0,)


@given(vectors(5), moderate, moderate)
def test_perceptron_is_the_sigmoid_of_the_affine_part(inputs: np.ndarray, w: float, b: float) -> None:
    h = perceptron(inputs, w, b)
    np.testing.assert_allclose(h, [(1 + np.tanh((w * value + b) / 2)) / 2 for value in inputs], atol=1e-12)
    np.testing.assert_allclose(h + perceptron(inputs, -w, -b), np.ones(5))


@pytest.mark.parametrize(("w", "b", "point"), [(-4.5, 4, 0.889), (-2.5, 1, 0.4), (5, 1, -0.2), (0.1, -1, 10)])
def test_activation_points_of_the_nodes_in_the_text(w: float, b: float, point: float) -> None:
    assert activation_point(w, b) == pytest.approx(point, abs=1e-3)


@given(st.floats(0.01, 50), st.sampled_from([-1, 1]), moderate)
def test_at_its_activation_point_a_neuron_is_half_on_with_slope_a_quarter_of_its_weight(
    size: float, sign: int, b: float
) -> None:
    w = sign * size
    point = activation_point(w, b)
    assert perceptron(np.array([point]), w, b)[0] == pytest.approx(0.5, abs=1e-9)
    nudge = 1e-3 / size
    before, after = perceptron(np.array([point - nudge, point + nudge]), w, b)
    assert (after - before) / (2 * nudge) == pytest.approx(w / 4, rel=1e-4)


# --- a layer, a network ---


@pytest.mark.parametrize(("n", "neurons"), [(1, 1), (1, 5), (7, 1), (3, 3), (4, 2), (0, 2)])
def test_hidden_layer_has_a_row_for_each_input_and_a_column_for_each_neuron(n: int, neurons: int) -> None:
    rng = np.random.default_rng(n + 10 * neurons)
    inputs, w, b = rng.normal(size=n), rng.normal(size=neurons), rng.normal(size=neurons)
    h = hidden_layer(inputs, w, b)
    assert h.shape == (n, neurons)
    for j in range(neurons):
        np.testing.assert_allclose(h[:, j], perceptron(inputs, w[j], b[j]))


@given(vectors(6), vectors(3), vectors(3), vectors(3), moderate)
def test_network_is_linear_in_its_output_weights(
    inputs: np.ndarray, w: np.ndarray, b: np.ndarray, w_out: np.ndarray, b_out: float
) -> None:
    arguments = [array.copy() for array in (inputs, w, b, w_out)]
    y = network(inputs, w, b, w_out, b_out)
    assert y.shape == (6,)
    for value, output in zip(inputs, y, strict=True):
        assert output == pytest.approx(np.dot(w_out, sigmoid(w * value + b)) + b_out, abs=1e-9)
    np.testing.assert_allclose(network(inputs, w, b, 0 * w_out, b_out), np.full(6, b_out))
    for array, before in zip((inputs, w, b, w_out), arguments, strict=True):
        np.testing.assert_array_equal(array, before)


def test_network_takes_its_output_bias_as_a_number_or_as_an_array_of_one() -> None:
    w, b, w_out = np.array([3.5, -3.5]), np.array([3.5, 3.5]), np.array([1.0, 1.0])
    as_number, as_array = (network(np.array([0.0, 2.0]), w, b, w_out, b_out) for b_out in (-1.0, np.array([-1.0])))
    assert as_array.shape == (2,)
    np.testing.assert_array_equal(as_number, as_array)


def mse_of_two_neurons(w_out: object, b_out: float) -> float:
    points = np.linspace(-5, 5, 500)
    y = network(points, np.array([3.5, -3.5]), np.array([3.5, 3.5]), np.asarray(w_out), b_out)
    return float(np.mean((y - gaussian(points)) ** 2))


def test_output_weights_reach_the_mse_of_full_marks() -> None:
    from solutions.output_weights import b_out, w_out

    assert mse_of_two_neurons(w_out, b_out) == pytest.approx(0.00256, abs=1e-5)


@pytest.mark.parametrize(("w_out", "b_out", "mse"), [((1, 1), 0, 1.048), ((-1.5, -1.5), 1.5, 0.845)])
def test_the_tries_in_the_text_are_as_bad_as_it_says(w_out: tuple[float, float], b_out: float, mse: float) -> None:
    assert mse_of_two_neurons(w_out, b_out) == pytest.approx(mse, abs=1e-3)


# --- what the set-up cells hand out ---


def test_gaussian() -> None:
    np.testing.assert_allclose(gaussian(np.array([[0.0, 1.0], [-1.0, 100.0]])), [[1, 1 / np.e], [1 / np.e, 0]])
    assert gaussian(2) == pytest.approx(np.exp(-4))


def test_curves_differ_in_their_line_styles_and_have_labels() -> None:
    points = np.linspace(0, 1, 3)
    _, ax = plt.subplots()
    plot_curves(points, {name: i * points for i, name in enumerate("abcd")}, title="four", ax=ax)
    assert {line.get_linestyle() for line in ax.get_lines()} == {"--", "-", "-.", ":"}
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == list("abcd")
    assert ax.get_title() == "four"
    plt.close("all")


def test_sliders_need_neither_a_front_end_nor_ipywidgets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = []

    def draw(w: float, b: float) -> Figure:
        seen.append((w, b))
        return plt.figure()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        explore(draw, w=(-1.0, 1.0, 0.5), b=(0.0, 2.0, 1.0))
        monkeypatch.setitem(sys.modules, "ipywidgets", None)
        explore(draw, w=(-1.0, 1.0, 0.5), b=(0.0, 2.0, 1.0))
    assert seen == [(0.5, 1.0), (0.5, 1.0)]
    assert capsys.readouterr().out.count("Figure") == 2
    assert not plt.get_fignums()
