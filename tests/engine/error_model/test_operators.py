"""Each operator makes the change that it is named after, and says so."""

from __future__ import annotations

import pytest

from tests.engine.error_model.texts import BEFORE, function, said_of

# answer's body, a piece of the mutant's text, a piece of its sentence
INSIDE = [
    ("return w * x + b", "w * x - b", "sign in front of `b`"),
    ("return w - x", "return x - w", "wrong way round"),
    ("return -b / w", "return b / w", "minus sign seems to be missing"),
    ("return -(w + b)", "return -w + b", "first term only"),
    ("return w * x", "return w + x", "a plus seems to stand where a product belongs"),
    ("return w * x", "return x ** w", "a power seems to stand where a product belongs"),
    ("return w / x", "return w // x", "whole-number division"),
    ("return w / x", "return x / w", "upside down"),
    ("return w @ x", "return np.outer(w, x)", "outer product"),
    ("return w @ x", "np.mean(np.multiply(w, x), axis=-1)", "a mean seems to stand"),
    ("return w @ x", "np.max(np.multiply(w, x), axis=-1)", "only the largest of several products"),
    ("return w @ x", "np.min(np.multiply(w, x), axis=-1)", "only the smallest of several products"),
    ("return w @ x", "np.prod(np.multiply(w, x), axis=-1)", "multiplied with one another"),
    (
        "return w @ x",
        "np.asarray(w)[..., :-1] @ np.asarray(x)[:-1] - np.asarray(w)[..., -1] * np.asarray(x)[-1]",
        "the last of several products seems to be subtracted",
    ),
    ("return w * x", "return np.asarray(w)[..., ::-1] * x", "the elements of `w` seem to be crossed"),
    ("return x @ w", "return (np.asarray(x)[..., :1] + 0 * x) @ w", "the first column of `x`"),
    ("return squash(x)", "return np.log(1 + np.exp(x))", "softplus"),
    ("return np.outer(w, x)", "return np.add.outer(w, x)", "every pair seems to be added"),
    ("return np.log(x)", "return np.log10(x)", "the logarithm to base 10"),
    ("return np.mean((x > 0.5) == w)", "np.equal(x > 0.5, w)[np.asarray(w) == 1])", "only cases in which `w` is 1"),
    ("return np.mean((x > 0.5) == w)", "np.equal(x > 0.5, w)[np.asarray(x > 0.5) == 1])", "decided as 1"),
    ("return np.mean(w == (x > 0.5))", "np.corrcoef(x > 0.5, w)[0, 1]", "a correlation"),
    ("s = x\nfor y in w:\n    s = s + b * y\nreturn s", "s = start_s + b * y", "only the last turn"),
    ("return 2 * x", "return x", "a factor 2 seems to be missing"),
    ("return x / 3", "return x", "a division by the number 3 seems to be missing"),
    ("return w * x + b", "return w * x", "what about `b`"),
    ("return (x - w) ** 2", "return x - w", "a square seems to be missing"),
    ("return (x - w) ** 2", "return x ** 2 - w ** 2", "on its own"),
    ("return w * x + b", "return w * (x + b)", "brackets"),
    ("return w / (x + b)", "return w / x + b", "brackets"),
    ("return squash(w * x + b)", "return squash(w * x) + b", "belongs inside"),
    ("return np.mean((x - w) ** 2)", "return np.mean(x - w) ** 2", "belongs inside"),
    ("y = squash(x)\nreturn y + w", "y = 2 * squash(x)", "a factor 2 seems to be too many"),
    ("return 1 - x", "return 2 - x", "the number 2 seems to stand"),
    ("return x > 0.5", "return x >= 0.5", "greater or equal"),
    ("return w * x + b", "return b * x + b", "`b` seems to stand where `w` belongs"),
    ("return w * x + b", "return w * x + b[0]", "only the first element of `b`"),
    ("return x[1]", "return x[0]", "always the first element of `x`"),
    ("return x[:, 1]", "return x[1, :]", "rows and columns of `x`"),
    ("return x[w:w + b]", "return x[:b]", "each time"),
    ("return x[w:w + b]", "return x[:w + b]", "its start has to move on"),
    ("return squash(x)", "return x", "`squash` seems to be missing"),
    ("return squash(x)", "return squash(squash(x))", "applied twice"),
    ("return squash(x)", "return slope(x)", "`slope` seems to stand where `squash` belongs"),
    ("return squash(x)", "return np.tanh(x)", "tanh"),
    ("return squash(w * x)", "return w * squash(x)", "`squash`"),
    ("return weighted(x, w, b)", "return weighted(x, b, w)", "two arguments of `weighted` seem to be swapped"),
    ("return np.mean(x)", "return np.sum(x)", "the sum seems to stand where the mean belongs"),
    ("return np.sum(x, axis=1)", "return np.sum(x, axis=0)", "the axis of the sum"),
    ("return np.sum(x, axis=1)", "return np.sum(x)", "no axis"),
    ("return np.exp(x)", "return 2 ** np.asarray(x, dtype=float)", "seems to be 2, not e"),
    ("return np.array([1.0, -1.0])", "return np.zeros_like(np.array([1.0, -1.0]))", "zeros"),
    ("x = x + 1\nreturn x", "x += 1", "in place"),
    ("s = 0\ns += x\nreturn s", "s = x", "overwrite"),
    ("print(x)\nreturn x", "print(x)\n    x", "hand nothing back"),
    ("return squash(x) - w", "return np.round(squash(x), 2) - w", "`squash` seems to be rounded"),
    ("return squash(x) - w", "return np.clip(squash(x), 0.01, 0.99) - w", "kept away from 0 and 1"),
    ("return x - w", "return np.where(np.abs(x - w) < 0.01, 0.0, x - w)", "small differences seem to be left out"),
    ("return 1 - np.tanh(x) ** 2", "return np.tanh(x) * (1 - np.tanh(x))", "the slope of another activation"),
    ("y = squash(x)\nreturn y * (1 - y)", "return 1 - y ** 2", "the slope of another activation"),
    ("return w @ x", "return np.asarray(w)[..., :1] @ np.asarray(x)[:1]", "only the first product of a sum"),
    ("return np.sum(x, axis=0)", "return np.take(x, 0, axis=0)", "only the first term of a sum"),
    ("return np.tanh(x) ** 2", "return np.tanh(x ** 2)", "the power seems to be taken of what goes into tanh"),
    ("y, z = weighted(x, w, b)\nreturn y + z * w", "z, y = weighted(x, w, b)", "two results of `weighted`"),
    ("x.low = w.high\nreturn x", "x.high = w.high", "`high` seems to stand where `low` belongs"),
    ("for y, z in zip(x, w):\n    b += y * z\nreturn b", "z = next(iter(w))", "the first element of `w`"),
]


@pytest.mark.parametrize(("body", "changed", "said"), INSIDE)
def test_a_change_inside(body: str, changed: str, said: str) -> None:
    assert said.lower() in said_of(function(body), changed)


LOOP = "s = 0\nfor i in range(x):\n    t = squash(w)\n    s = s + t\nreturn s"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("range(1, x):", "one turn too few"),
        ("range(x + 1):", "one turn too many"),
        ("s = s + t\n        return s", "after the first turn"),
        ("t = squash(w)\n    for i in range(x):\n        s = s + t", "before the loop"),
        ("t = squash(w)\n        s = s + t\n        break", "one turn only"),
        ("for i in range(x):\n        s = 0", "set again in each turn"),
        ("start_s = s", "the first"),
    ],
)
def test_a_change_of_a_loop(changed: str, said: str) -> None:
    body = LOOP if "start_s" not in changed else LOOP.replace("squash(w)", "squash(s)")
    assert said.lower() in said_of(function(body), changed)


TRAINING = """rng = np.random.default_rng(b)
for i in range(w):
    t = rng.choice(x)
    print(t)
return t"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("default_rng()", "`b` seems not to reach the random generator"),
        ("default_rng(0)", "always starts from 0"),
        ("t = x[0]", "the first element of `x`"),
        ("rng.integers(len(x))", "the position of an element of `x`"),
        ("for t in x:", "all elements of `x`"),
        ("x[turn_ % len(x)]", "one after the other"),
        ("t = rng.choice(pool_)", "a few elements of `x` seem to be drawn once"),
        ("t = rng.choice(x[:max(len(x) - 1, 1)])", "the last element of `x` seems never to be drawn"),
        ("default_rng(b or None)", "`b` seems to be left out when it is 0"),
    ],
)
def test_a_change_of_what_is_drawn(changed: str, said: str) -> None:
    assert said.lower() in said_of(function(TRAINING), changed)


STEPS = """rng = np.random.default_rng(b)
p = (np.array([1.0, 2.0]), np.array([3.0]))
for i in range(w):
    t = rng.choice(x)
    g = weighted(t, *p)
    p = slope(p, g)
return p"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            "np.mean(each_, axis=0) for each_ in zip(*[weighted(t, *p) for t in x])))",
            "the mean over all elements of `x`",
        ),
        ("for turn_ in (1, 0):", "compute all steps first"),
        ("p = (rng.normal(size=np.shape(np.array([1.0, 2.0]))), rng.normal(size=np.shape(np.array([3.0]))))", "random"),
        ("kept_[:] = [p]", "go on where the first one stopped"),
    ],
)
def test_a_training_of_another_kind(changed: str, said: str) -> None:
    told = said_of(function(STEPS), changed) + said_of(function(STEPS), f"    {changed}\n    return p")
    assert said.lower() in told


BATCHES = """rng = np.random.default_rng(b)
for i in range(w):
    order = rng.permutation(len(x))
    for first in range(0, len(x), b):
        batch = order[first:first + b]
        w = weighted(x[batch], w, b)
return w"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("for first in range(-(-len(x) // b)):", "the turns overlap"),
        ("for first in range(len(x) // b + 1):", "the turns overlap"),
        ("batch = rng.integers(0, len(order), min(b, len(order)))", "several times and others not at all"),
        ("for first in rng.permutation(np.arange(0, len(x), b)):", "shuffle the elements, not the batches"),
        ("first = places_[place_ % len(places_)]", "`w` seems to count single steps"),
    ],
)
def test_batches_of_another_kind(changed: str, said: str) -> None:
    assert said.lower() in said_of(function(BATCHES), changed)


def test_one_of_several_values_is_not_updated() -> None:
    body = "for i in range(3):\n    w, b = w - x, b - x\nreturn w, b"
    assert "`b` seems to stay at the start" in said_of(function(body), "w, b = (w - x, b)")


def test_all_steps_after_the_loop() -> None:
    body = "for i in range(3):\n    y = x * w\n    w = w - y\n    b = b - y\nreturn w, b"
    assert "all steps seem to be made once" in said_of(function(body), "y = x * w\n    w = w - y\n    b = b - y")


def test_an_attribute_that_other_answers_read() -> None:
    before = (*BEFORE, "class Node:\n    def twice(self, other):\n        return np.add(self.data, other.data)")
    said = said_of(function("x.grad = w.grad\nreturn x"), "x.grad = w.data", before=before)
    assert "`data` seems to stand where `grad` belongs" in said


def test_labels_and_points_out_of_step() -> None:
    body = "order = np.random.permutation(len(x))\nreturn np.dot(x[order], w[order])"
    assert "`w` and `x` seem to get out of step" in said_of(function(body), "np.dot(x[order], w[:len(order)])")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("b = -b", "`b` seems to count with the wrong sign"),
        ("w = 1 / w", "`w` seems to divide"),
        ("b = b[0]", "only the first element of `b`"),
        ("w, b = (b, w)", "`w` and `b` seem to be swapped"),
        ("w = w / len(x)", "`w` seems to be divided by the number of elements of `x`"),
        ("x = squash(x)", "`squash` seems to be applied to `x` before"),
        ("x = np.clip(x, -5, 5)", "`x` seems to be cut off at 5"),
        ("return 100 * (w * x + b)", "percent"),
        ("return np.round(w * x + b, 2)", "rounded"),
        ("return np.ravel(w * x + b)", "one row"),
        ("return squash(w * x + b)", "`squash` seems to be applied"),
        ("return None", "hand nothing back"),
    ],
)
def test_a_change_of_what_goes_in_or_comes_out(changed: str, said: str) -> None:
    assert said.lower() in said_of(function("return w * x + b"), changed)


def test_the_argument_as_it_was_given_where_its_name_is_used_again() -> None:
    answer = function("x = np.asarray(x, dtype=float)\nreturn w * x + b")
    changed = "return np.asarray(w * x + b).astype(np.asarray(given_x).dtype)"
    assert "the type of the argument" in said_of(answer, changed)


def test_the_argument_is_changed_and_the_result_is_right() -> None:
    answer = function("w = w + 1\nreturn w * x")
    assert "change `w` itself" in said_of(answer, "    given_ += np.ones_like(given_)\n    return result_")
    assert "change `x` and `w`" in said_of(
        function("return w * x", "x, w"), "        array_ += np.ones_like(array_)\n    return result_"
    )


TWO = "e = x - w\ndw = e * x\ndb = 2 * e\nreturn dw, db"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("return (db, dw)", "the places of `dw` and `db`"),
        ("return dw", "only `dw` seems to come back"),
        ("return (db,)", "what about `dw`"),
        ("return (-dw, db)", "in `dw`, a minus sign"),
        ("return (dw, np.sum(db))", "summed to a single number"),
        ("db = e", "In `db`, a factor 2 seems to be missing"),
    ],
)
def test_a_change_of_several_results(changed: str, said: str) -> None:
    assert said.lower() in said_of(function(TWO), changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("return np.tanh(z)", "tanh"),
        ("np.where(np.asarray(z) > 0, 1.0, 0.0)", "a step"),
        ("return 0.5 + np.asarray(z) / 4", "a straight line"),
        ("return (squash(z + 0.1) - squash(z)) / 0.1", "too coarse"),
        ("return squash(z) * (1 + squash(z))", "a plus"),
        ("return squash(z) ** 2", "the square of `squash`"),
        ("return (whole_(np.asarray(z) + 0.0001) - whole_(np.asarray(z) - 0.0001)) / 0.0002", "one derivative"),
        ("return whole_(whole_(z))", "applied twice"),
        ("return whole_(2 * np.asarray(z))", "doubled"),
        ("return np.exp(z) * whole_(z)", "two forms of a fraction"),
    ],
)
def test_another_curve(changed: str, said: str) -> None:
    answer = function("return squash(z) * (1 - squash(z))", "z")
    assert said.lower() in said_of(answer, changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("low = 0", "`low` is 0"),
        ("low = -1.0", "`low` seems to have the wrong sign"),
        ("high = 100 * 2.0", "percent"),
        ("high = str(2.0)", "a text"),
        ("high, low = (low, high)", "swapped"),
        ("high, low = (np.inf, -np.inf)", "infinity"),
    ],
)
def test_another_value(changed: str, said: str) -> None:
    assert said.lower() in said_of("low = 1.0\nhigh = 2.0\n", changed, "low high")


def test_other_data_of_the_lab() -> None:
    said = said_of("share = weighted(y_test, X_test, 0)", "weighted(y_train, X_train, 0)", "share")
    assert "`y_train` seems to be used in the place of `y_test`" in said


def test_several_things_seem_and_one_seems() -> None:
    several = "def f(x, w, b):\n    for i in range(3):\n        w, b = w - x, b - x\n    return w, b\n"
    assert "`b` and `w` seem never to be updated" in said_of(several, "for i in range(3):\n        pass")
    one = "def f(x, w, b):\n    for i in range(3):\n        w = w - x\n    return w\n"
    assert "`w` seems never to be updated" in said_of(one, "for i in range(3):\n        pass")


PICTURE = """x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, squash(x), label="a")
ax.plot(x, np.tanh(x), label="b")
ax.set_title("two curves")
ax.legend()"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("np.linspace(-5, 5)", "preset"),
        ("np.linspace(5, -5, 500)", "upper end"),
        ("ax.plot(squash(x), x, label='a')", "on its side"),
        ("ax.plot(np.tanh(x), x, label='b')", "the curves seem to lie on their sides"),
        ("ax.plot(squash(x), label='a')", "pass the horizontal values"),
        ("ax.plot(x, squash(x), label='a')\npass", "a curve seems to be missing"),
        ("np.tan(x), label='b')", "tan"),
        ("fig = plt.figure()", "empty"),
        ("fig = fig.axes[0]", "hold the axes"),
    ],
)
def test_another_picture(changed: str, said: str) -> None:
    assert said.lower() in said_of(PICTURE, changed, "x fig")
