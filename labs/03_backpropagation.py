# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lab 3: Backpropagation
#
# In Lab 2 you turned two sigmoids into something close to a Gaussian, and you chose the output weights by hand. In
# this lab the network finds all of its weights itself.
#
# **After this lab you can**
#
# - push an input **forward** through a network and measure how wrong the output is;
# - send the error **backward** by the chain rule, and check the gradients that you get;
# - say why a step along the right gradient can still make things worse, and choose a learning rate that does not;
# - train a network with 50,000 small steps, and say why the start values matter.
#
# **What you need to know:** Lab 2, or what it is about: a hidden layer of two sigmoid neurons and a linear output. The
# chain rule for derivatives. From NumPy: arrays of shape `(2,)`, `@`. **Time:** about 80 minutes.
#
# The set-up gives you `sigmoid`, the target $f(x) = e^{-x^2}$, called `gaussian`, and the 500 points `X` from $-5$ to
# $5$.

# %% id="setup" locked=true
# Run this cell first. It holds what the labs before made, and a helper for plots; no need to read it now.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labs.given import gaussian, plot_curves
from solutions.sigmoid import sigmoid

X = np.linspace(-5.0, 5.0, 500)

# %% [markdown]
# ## The network
#
# The task of this lab: carry out backpropagation for a network with
#
# - one input $x$,
# - one hidden layer of two neurons with the sigmoid as activation,
# - one output $z_3$ with a linear activation, which means none: what the output neuron adds up is what comes out.
#
# ![The network: solid arrows lead forward from the input x through the hidden neurons, z_1 with h_1 and z_2 with h_2, to the output z_3 and on to the loss L = (z_3 - y)^2. Dashed arrows lead back the same way and carry the gradients: dL/dz_3, then dL/dh_1 and dL/dh_2, dL/dz_1 and dL/dz_2, and last dL/dw for both hidden weights.](figures/network_121.svg)
#
# The network has seven parameters in four arrays. Keep this table at hand:
#
# | symbol | in the code | shape | what it is |
# |---|---|---|---|
# | $x$ | `x` | a number | the input |
# | $y$ | `y` | a number | the target, $f(x) = e^{-x^2}$ |
# | $\mathbf{w}_1$, $\mathbf{b}_1$ | `w_1`, `b_1` | `(2,)` each | weights and biases of the two hidden neurons |
# | $\mathbf{z}_{12} = (z_1, z_2)$ | `z_1_2` | `(2,)` | what reaches the hidden neurons, before the activation |
# | $\mathbf{h}_{12} = (h_1, h_2)$ | `h_1_2` | `(2,)` | what leaves them, after the activation |
# | $\mathbf{w}_2$, $b_2$ | `w_2`, `b_2` | `(2,)`, `(1,)` | weights and bias of the output neuron |
# | $z_3$ | `z_3` | `(1,)` | the output of the network |
# | $L$ | | a number | the loss $(z_3 - y)^2$ for this one $x$ |
#
# In the names of the parameters (`w_1`, `b_1`, `w_2`, `b_2`), 1 is the hidden layer and 2 is the output layer. In
# `z_1_2`, `h_1_2` and `z_3`, the numbers count the neurons. Careful with $y$: in Lab 1 it was what the neuron gives; from
# here on $y$ is the *target*, and the output is $z_3$.

# %% [markdown] exercise="sigmoid_derivative" minutes=5
# ### Exercise: the slope of the sigmoid
#
# The way back leads through the sigmoid, and there we shall need its slope. Write a function `sigmoid_derivative(z)`,
# the derivative $\sigma'(z)$ of the sigmoid.
#
# | | name | what it is |
# |---|---|---|
# | argument | `z` | a number, or an array of any shape |
# | result | | the slope at each element of `z`, in the shape of `z` |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Differentiate $\sigma(z) = \frac{1}{1 + e^{-z}}$ with the quotient rule. Then look for $\sigma(z)$ in what you get:
# the derivative can be written with nothing but $\sigma(z)$ itself.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$. Call `sigmoid` once and keep its result in a variable.
#
# </details>

# %% answer="sigmoid_derivative"
from solutions.sigmoid_derivative import sigmoid_derivative


# %% test="sigmoid_derivative" points=1 shape=true
def check_sigmoid_derivative():
    import numpy as np

    got = sigmoid_derivative(0.0)
    assert got is not None, "sigmoid_derivative returned None: is there a return?"
    assert np.asarray(got).dtype.kind in "fiu", f"sigmoid_derivative(0.0) gave {got!r}: return a number."
    assert np.size(got) == 1, f"For one number z return one number, not {np.size(got)} of them."
    assert np.allclose(got, 0.25, rtol=1e-4), f"At z = 0 the sigmoid's slope is 0.25; you return {got}."

    z = np.array([[-2.0, 0.0, 2.0]])
    got = sigmoid_derivative(z)
    assert np.array_equal(z, [[-2.0, 0.0, 2.0]]), (
        "sigmoid_derivative changed its argument z: work on a new array instead."
    )
    assert np.squeeze(got).shape == (3,), f"z has shape (1, 3), your result {np.shape(got)}: work element by element."
    assert np.allclose(np.ravel(got)[0], np.ravel(got)[2]), "The sigmoid is equally steep at -2 and at 2; yours is not."
    assert np.all(np.ravel(got)[:2] > 0), (
        "The sigmoid rises everywhere, so its slope is never negative: check the sign."
    )


check_sigmoid_derivative()
del check_sigmoid_derivative


### BEGIN HIDDEN TESTS
def check_sigmoid_derivative_further():
    import numpy as np

    from solutions.sigmoid import sigmoid as reference_sigmoid
    from solutions.sigmoid_derivative import sigmoid_derivative as reference

    rng = np.random.default_rng(301)
    for shape in [(1,), (7,), (40, 1), (3, 4)]:
        z = rng.normal(scale=3.0, size=shape)
        got = sigmoid_derivative(z)
        assert np.asarray(got).dtype.kind in "fiu", f"For z of shape {shape} the result is no array of numbers."
        assert np.squeeze(got).shape == np.squeeze(z).shape, (
            f"For z of shape {shape} the result has shape {np.shape(got)}: keep the shape."
        )
        assert np.allclose(np.squeeze(got), np.squeeze(reference(z)), rtol=1e-4, atol=1e-6), (
            "Some slopes are wrong: compare them with (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5."
        )
        nudged = (reference_sigmoid(z + 1e-5) - reference_sigmoid(z - 1e-5)) / 2e-5
        assert np.allclose(np.squeeze(got), np.squeeze(nudged), rtol=1e-3, atol=1e-5), (
            "The slope is not what a small nudge of z does to sigmoid(z)."
        )
    got = np.ravel(sigmoid_derivative(np.array([-3, 0, 1])))
    assert np.allclose(got, reference(np.array([-3.0, 0.0, 1.0])), rtol=1e-4), (
        f"For a z made of whole numbers, [-3, 0, 1], the slopes must still have their decimals, but they are {got}."
    )
    far = np.array([-300.0, -30.0, 30.0, 300.0])  # the quotient rule as it stands still copes
    assert np.allclose(np.ravel(sigmoid_derivative(far)), np.zeros(4), atol=1e-6), (
        "Far from 0 the sigmoid is flat: its slope there is nearly 0."
    )


check_sigmoid_derivative_further()
del check_sigmoid_derivative_further
### END HIDDEN TESTS

# %% [markdown]
# The slope is largest at $z = 0$, where it is 1/4, and it fades on both sides. Remember this picture: where the
# sigmoid is flat, hardly any error signal comes through on the way back.

# %% id="plot_slope" locked=true demo=true
plot_curves(X, {"sigmoid": sigmoid(X), "its slope": sigmoid_derivative(X)}, "The sigmoid and its slope", xlabel="$z$")

# %% [markdown] exercise="mse" minutes=5
# ### Exercise: how wrong is the network?
#
# To improve something, measure it. Write a function `mse(y, y_out)`, the **mean squared error**: the mean of the
# squared differences between the targets and the outputs. Squares count a miss on either side as a miss, and large
# misses more.
#
# | | name | what it is |
# |---|---|---|
# | argument | `y` | the targets, shape `(n,)` |
# | argument | `y_out` | what the network gave for them, shape `(n,)` |
# | result | | one number |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Three steps, in this order: difference, square, mean.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $\mathrm{MSE} = \frac{1}{n} \sum_{i=1}^{n} (y_{\mathrm{out},i} - y_i)^2$, and `np.mean` is the sum divided by $n$.
#
# </details>

# %% answer="mse"
from solutions.mse import mse


# %% test="mse" points=1
def check_mse():
    import numpy as np

    y_true, y_out = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 6.0])
    error = mse(y_true, y_out)
    assert error is not None, "mse returned None: is there a return?"
    assert np.asarray(error).dtype.kind in "fiu", f"mse gave {error!r}: return a number."
    assert np.size(error) == 1, f"mse returned {np.size(error)} numbers: take the mean, so that one number is left."
    assert np.allclose(error, 3.0, rtol=1e-4), (
        f"The differences are 0, 0 and 3, their squares 0, 0 and 9, the mean of these is 3; you return {error}."
    )
    assert np.array_equal(y_true, [1.0, 2.0, 3.0]), "mse changed its argument y: work on a new array instead."
    assert np.array_equal(y_out, [1.0, 2.0, 6.0]), "mse changed its argument y_out: work on a new array instead."


check_mse()
del check_mse


### BEGIN HIDDEN TESTS
def check_mse_further():
    import numpy as np

    from solutions.mse import mse as reference

    rng = np.random.default_rng(302)
    for n in (1, 2, 5, 500):
        y_true, y_out = rng.normal(size=n), rng.normal(size=n)
        error = mse(y_true, y_out)
        assert np.asarray(error).dtype.kind in "fiu", f"For {n} points mse gave no number."
        assert np.size(error) == 1, f"For {n} points mse returned {np.size(error)} numbers: it must be one."
        assert np.allclose(error, reference(y_true, y_out), rtol=1e-4), (
            f"For {n} random points the mean squared error is {reference(y_true, y_out):.6f}; you return {error}."
        )
        assert np.allclose(mse(y_true, y_true), 0.0, atol=1e-7), "Where output and target agree, the error must be 0."


check_mse_further()
del check_mse_further
### END HIDDEN TESTS

# %% [markdown]
# ## Forward: one input through the network
#
# We begin with one input, $x = 1$, and with start values that are chosen so that you can follow them on paper.

# %% id="start" locked=true
x = 1.0

w_1 = np.array([1.0, -1.0])
b_1 = np.array([1.0, 1.0])

w_2 = np.array([1.0, -1.0])
b_2 = np.array([1.0])

# %% [markdown] exercise="forward" minutes=10
# ### Exercise: the forward pass
#
# Write a function `forward(x, w_1, b_1, w_2, b_2)`. It takes everything that it needs as arguments and **returns**
# everything that the way back will need:
#
# $$\mathbf{z}_{12} = \mathbf{w}_1 x + \mathbf{b}_1, \qquad \mathbf{h}_{12} = \sigma(\mathbf{z}_{12}), \qquad
# z_3 = \mathbf{w}_2 \cdot \mathbf{h}_{12} + b_2$$
#
# | | name | what it is |
# |---|---|---|
# | argument | `x` | a number |
# | argument | `w_1`, `b_1` | weights and biases of the hidden layer, shape `(2,)` each |
# | argument | `w_2`, `b_2` | weights and bias of the output neuron, shapes `(2,)` and `(1,)` |
# | result | `z_1_2`, `h_1_2` | before and after the activation, shape `(2,)` each |
# | result | `z_3` | the output, shape `(1,)` or a number |
#
# Return all three, in this order: `return z_1_2, h_1_2, z_3`.
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# One line of code for each of the three formulas, then one `return` with three names. NumPy treats both hidden neurons
# at once: a number times an array of shape `(2,)` has shape `(2,)`.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# The dot makes one number out of two arrays of shape `(2,)`: `a @ b` is `a[0] * b[0] + a[1] * b[1]`. With `*` you
# would get two numbers, and `z_3` would have the wrong shape.
#
# </details>

# %% answer="forward"
from solutions.forward import forward


# %% test="forward" points=3
def check_forward():
    import numpy as np

    arrays = [np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0])]
    result = forward(1.0, *arrays)
    assert result is not None, "forward returned None: is there a return?"
    assert isinstance(result, (tuple, list)), "forward must return three values: return z_1_2, h_1_2, z_3"
    assert len(result) == 3, f"forward must return three values, z_1_2, h_1_2 and z_3, not {len(result)}."
    for name, value, size in zip(("z_1_2", "h_1_2", "z_3"), result, (2, 2, 1)):
        assert np.asarray(value).dtype.kind in "fiu", f"{name} must be made of numbers, but it is {value!r}."
        assert np.size(value) == size, (
            f"{name} must hold {size} number(s), yours holds {np.size(value)}: check its formula."
        )
    assert np.allclose(np.ravel(result[0]), [2.0, 0.0], atol=1e-5), (
        f"From the start values z_1_2 = w_1 * x + b_1 is (2, 0); yours is {np.ravel(result[0])}."
    )
    assert np.allclose(np.ravel(result[1]), [0.880797, 0.5], atol=1e-5), (
        f"h_1_2 is the sigmoid of z_1_2, (0.880797, 0.5); yours is {np.ravel(result[1])}."
    )
    assert np.allclose(np.ravel(result[2]), [1.380797], atol=1e-5), (
        f"z_3 is w_2 times h_1_2, added up, plus b_2: 1.380797; yours is {np.ravel(result[2])}."
    )
    for name, array, start in zip(("w_1", "b_1", "w_2", "b_2"), arrays, ([1, -1], [1, 1], [1, -1], [1])):
        assert np.array_equal(array, start), f"forward changed its argument {name}: work on a new array instead."


check_forward()
del check_forward


### BEGIN HIDDEN TESTS
def check_forward_further():
    import numpy as np

    from solutions.forward import forward as reference

    rng = np.random.default_rng(303)
    for x_now in (0.0, -2.5, 1.5, *rng.uniform(-4.0, 4.0, size=5)):
        arrays = [rng.normal(scale=2.0, size=size) for size in (2, 2, 2, 1)]
        result = forward(float(x_now), *arrays)
        assert isinstance(result, (tuple, list)), f"For x = {x_now:.2f} forward does not return three values."
        assert len(result) == 3, f"For x = {x_now:.2f} forward returns {len(result)} values instead of three."
        for name, value, want in zip(("z_1_2", "h_1_2", "z_3"), result, reference(float(x_now), *arrays)):
            assert np.asarray(value).dtype.kind in "fiu", f"For x = {x_now:.2f}, {name} is not made of numbers."
            assert np.size(value) == np.size(want), f"For x = {x_now:.2f}, {name} holds {np.size(value)} number(s)."
            assert np.allclose(np.ravel(value), want, rtol=1e-4, atol=1e-5), (
                f"With other weights and x = {x_now:.2f}, {name} should be {np.round(want, 4)}, "
                f"but it is {np.ravel(value)}: does it use x, w_1, b_1, w_2 and b_2 as they are given?"
            )


check_forward_further()
del check_forward_further
### END HIDDEN TESTS

# %% [markdown]
# Now the network can speak. Only after the forward pass has run is there a $z_3$ to look at. What should the network
# have said? The target is $y = f(1) = e^{-1}$.

# %% id="first_output" locked=true demo=true check=true
z_1_2, h_1_2, z_3 = (np.ravel(value) for value in forward(x, w_1, b_1, w_2, b_2))
y = float(gaussian(x))

print("z_1_2 =", np.round(z_1_2, 6))
print("h_1_2 =", np.round(h_1_2, 6))
print("z_3   =", np.round(z_3, 6))
print("y     =", round(y, 6))
print("loss  =", np.round((z_3 - y) ** 2, 6))

# %% [markdown]
# Is the output close to the target? No: it is 1.38 where 0.37 is wanted, and the loss $L = (z_3 - y)^2$ is
# 1.03. Nobody chose these weights to fit anything, so this is no surprise. Now we improve them.
#
# ## Backward: who is to blame?
#
# For each of the seven parameters we ask one question: **if I nudge you a little, how does the loss change?** The
# answer is the **partial derivative** of $L$ with respect to that parameter, written $\frac{\partial L}{\partial w}$
# for a parameter $w$: differentiate by $w$ as usual, and treat everything else as constant. The seven answers together are
# the **gradient**.
#
# A nudge of a hidden weight travels far before it reaches the loss:
#
# $$w_{1,j} \;\to\; z_j \;\to\; h_j \;\to\; z_3 \;\to\; L$$
#
# Here $j$ is 1 or 2, and $w_{1,j}$ is the weight in layer 1 that belongs to neuron $j$: `w_1[j - 1]` in the code.
#
# Each arrow multiplies the nudge by a factor of its own. The **chain rule** says that the whole way multiplies it by
# the product of all factors. So we need one small derivative for each arrow, and each of them is easy. We go from the
# loss backward, because the factors near the loss are shared by all the ways.
#
# **Step 1, from $L$ to $z_3$.** $L = (z_3 - y)^2$ is a square. The outer derivative is twice the bracket, the inner
# one is 1:
#
# $$\frac{\partial L}{\partial z_3} = 2\,(z_3 - y)$$
#
# **Step 2, from $z_3$ to the output's own parameters.** $z_3 = w_{2,1} h_1 + w_{2,2} h_2 + b_2$ is linear in each of
# them. The factor of $w_{2,j}$ is $h_j$, and that of $b_2$ is 1:
#
# $$\frac{\partial z_3}{\partial w_{2,j}} = h_j, \qquad \frac{\partial z_3}{\partial b_2} = 1$$
#
# **Step 3, from $z_3$ to the hidden outputs.** The same sum, seen from $h_j$:
#
# $$\frac{\partial z_3}{\partial h_j} = w_{2,j}$$
#
# **Step 4, through the activation.** $h_j = \sigma(z_j)$, and you have its slope already. Mind where it is taken: at
# $z_j$, what went *into* the sigmoid, not at $h_j$.
#
# $$\frac{\partial h_j}{\partial z_j} = \sigma'(z_j)$$
#
# **Step 5, from $z_j$ to the hidden parameters.** $z_j = w_{1,j} x + b_{1,j}$:
#
# $$\frac{\partial z_j}{\partial w_{1,j}} = x, \qquad \frac{\partial z_j}{\partial b_{1,j}} = 1$$
#
# A formula can be wrong; a measurement helps to find out. The next cell takes each arrow by itself, nudges its start a
# little up and a little down, and measures what arrives at its end. This is called a **central difference**. Work out
# each of the five steps on paper with $x = 1$ and the numbers above, and compare it with its row. (For step 5, $x = 1$
# cannot tell $x$ from 1: try another $x$ on paper.)


# %% id="measured_links" locked=true demo=true check=true
def measure(f, nudge=1e-4):
    """Slope at t = 0 of f(t), measured by nudging t up and down."""
    return (f(nudge) - f(-nudge)) / (2 * nudge)


first, second = np.eye(2)  # (1, 0) and (0, 1): nudge only the first or only the second of two numbers
links = {
    "step 1: z_3   -> L    ": measure(lambda t: (z_3 + t - y) ** 2),
    "step 2: w_2   -> z_3  ": [measure(lambda t, one=one: np.dot(h_1_2, w_2 + t * one)) for one in (first, second)],
    "step 3: h_1_2 -> z_3  ": [measure(lambda t, one=one: np.dot(h_1_2 + t * one, w_2)) for one in (first, second)],
    "step 4: z_1_2 -> h_1_2": measure(lambda t: sigmoid(z_1_2 + t)),
    "step 5: w_1   -> z_1_2": measure(lambda t: (w_1 + t) * x),
}
for link, slopes in links.items():
    print(link, np.round(slopes, 5) + 0.0)

# %% [markdown] exercise="backprop" minutes=20
# ### Exercise: the backward pass
#
# Write a function `backprop(x, y, w_1, b_1, w_2, b_2)`. It runs `forward` and then multiplies the factors along each
# way back, from the loss to the parameter. Change no parameter yet: this function only finds out who is to blame.
#
# | | name | what it is |
# |---|---|---|
# | argument | `x`, `y` | the input and its target, a number each |
# | argument | `w_1`, `b_1`, `w_2`, `b_2` | the parameters, shapes `(2,)`, `(2,)`, `(2,)`, `(1,)` |
# | result | `dL_dw1`, `dL_db1`, `dL_dw2`, `dL_db2` | the four gradients, each in the shape of its parameter |
#
# Return all four, in this order: `return dL_dw1, dL_db1, dL_dw2, dL_db2`.
#
# The four gradients are tested one by one, in the order of the way back. If several tests fail, repair the topmost part
# first: later parts often contain the same factors, and so the same mistake.
#
# Time: about 20 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Begin with the factor that everybody shares, step 1, and give it a name, for example `dL_dz3`. Multiply it by step 2,
# and the two gradients of the output neuron are done. For the hidden layer multiply it by steps 3 and 4 and name the
# product: that is the derivative of $L$ with respect to `z_1_2`, of shape `(2,)`. Step 5 does the rest.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $$\frac{\partial L}{\partial \mathbf{w}_2} = 2 (z_3 - y)\, \mathbf{h}_{12}, \qquad
# \frac{\partial L}{\partial b_2} = 2 (z_3 - y)$$
#
# $$\frac{\partial L}{\partial \mathbf{w}_1} = 2 (z_3 - y)\, \mathbf{w}_2\, \sigma'(\mathbf{z}_{12})\, x, \qquad
# \frac{\partial L}{\partial \mathbf{b}_1} = 2 (z_3 - y)\, \mathbf{w}_2\, \sigma'(\mathbf{z}_{12})$$
#
# All products are element by element (`*`), never `@`: each hidden neuron has its own way back.
#
# </details>

# %% answer="backprop"
from solutions.backprop import backprop


# %% test="backprop" part="dL_db2" points=1
def check_dL_db2():
    import numpy as np

    for x_now, y_now, want in [(1.0, np.exp(-1.0), [2.025835]), (2.0, 1.0, [1.367265])]:
        arrays = [np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0])]
        result = backprop(x_now, y_now, *arrays)
        assert result is not None, "backprop returned None: is there a return?"
        assert isinstance(result, (tuple, list)), "backprop must return four gradients: dL_dw1, dL_db1, dL_dw2, dL_db2"
        assert len(result) == 4, f"backprop must return four gradients, not {len(result)}."
        dL_db2 = np.asarray(result[3])
        assert dL_db2.dtype.kind in "fiu", (
            f"dL_db2, the fourth result, must be made of numbers, but it is {result[3]!r}."
        )
        assert dL_db2.size == 1, f"dL_db2 has the shape of b_2, (1,); yours holds {dL_db2.size} number(s)."
        assert np.allclose(np.ravel(dL_db2), want, atol=1e-4), (
            f"With the start values, x = {x_now} and y = {y_now:.4f}, dL_db2 is {want}; yours is {np.ravel(dL_db2)}. "
            "It is step 1, 2 * (z_3 - y): is the factor 2 there, and is it output minus target?"
        )
        assert np.array_equal(arrays[3], [1]), (
            "backprop changed b_2. It only finds the gradients: leave the parameters as they are."
        )


check_dL_db2()
del check_dL_db2


### BEGIN HIDDEN TESTS
def check_dL_db2_further():
    import numpy as np

    from solutions.backprop import backprop as reference
    from solutions.forward import forward as reference_forward

    rng = np.random.default_rng(321)
    for _ in range(6):
        x_now, y_now = (float(value) for value in rng.uniform(-3.0, 3.0, size=2))
        arrays = [rng.normal(size=size) for size in (2, 2, 2, 1)]
        result = backprop(x_now, y_now, *arrays)
        assert isinstance(result, (tuple, list)), f"For x = {x_now:.2f} backprop does not return four gradients."
        assert len(result) == 4, f"For x = {x_now:.2f} backprop returns {len(result)} results instead of four."
        dL_db2, want = np.asarray(result[3]), reference(x_now, y_now, *arrays)[3]
        assert dL_db2.dtype.kind in "fiu", f"For x = {x_now:.2f}, dL_db2 is not made of numbers."
        assert dL_db2.size == 1, f"For x = {x_now:.2f}, dL_db2 holds {dL_db2.size} number(s) instead of 1."
        assert np.allclose(np.ravel(dL_db2), want, rtol=1e-4, atol=1e-4), (
            f"With other weights, x = {x_now:.2f} and y = {y_now:.2f}, dL_db2 should be {np.round(want, 4)}, "
            f"but it is {np.ravel(dL_db2)}: compare step 1."
        )
        # Nudge b_2 on the student's own network: only where that is the right one, a wrong forward has its own test.
        for j in range(1):
            losses = []
            for nudge in (0.01, -0.01):
                nudged = [array.copy() for array in arrays]
                nudged[3][j] += nudge
                try:
                    out = np.ravel(forward(x_now, *nudged)[2])[0]
                except Exception:
                    break
                if np.allclose(out, reference_forward(x_now, *nudged)[2], rtol=1e-4, atol=1e-5):
                    losses.append((out - y_now) ** 2)
            if len(losses) == 2:
                measured = (losses[0] - losses[1]) / 0.02
                assert np.allclose(np.ravel(dL_db2)[j], measured, rtol=0.02, atol=0.02), (
                    f"When b_2[{j}] is nudged, the loss of your own network changes at the rate {measured:.4f}; "
                    f"dL_db2[{j}] says {np.ravel(dL_db2)[j]:.4f}."
                )


check_dL_db2_further()
del check_dL_db2_further
### END HIDDEN TESTS


# %% test="backprop" part="dL_dw2" points=2
def check_dL_dw2():
    import numpy as np

    for x_now, y_now, want in [(1.0, np.exp(-1.0), [1.784350, 1.012918]), (2.0, 1.0, [1.302422, 0.367714])]:
        arrays = [np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0])]
        result = backprop(x_now, y_now, *arrays)
        assert result is not None, "backprop returned None: is there a return?"
        assert isinstance(result, (tuple, list)), "backprop must return four gradients: dL_dw1, dL_db1, dL_dw2, dL_db2"
        assert len(result) == 4, f"backprop must return four gradients, not {len(result)}."
        dL_dw2 = np.asarray(result[2])
        assert dL_dw2.dtype.kind in "fiu", (
            f"dL_dw2, the third result, must be made of numbers, but it is {result[2]!r}."
        )
        assert dL_dw2.size == 2, f"dL_dw2 has the shape of w_2, (2,); yours holds {dL_dw2.size} number(s)."
        assert np.allclose(np.ravel(dL_dw2), want, atol=1e-4), (
            f"With the start values, x = {x_now} and y = {y_now:.4f}, dL_dw2 is {want}; yours is {np.ravel(dL_dw2)}. "
            "It is step 1 times step 2: the factor of w_2 is what left the hidden neurons, h_1_2."
        )
        assert np.array_equal(arrays[2], [1, -1]), (
            "backprop changed w_2. It only finds the gradients: leave the parameters as they are."
        )


check_dL_dw2()
del check_dL_dw2


### BEGIN HIDDEN TESTS
def check_dL_dw2_further():
    import numpy as np

    from solutions.backprop import backprop as reference
    from solutions.forward import forward as reference_forward

    rng = np.random.default_rng(322)
    for _ in range(6):
        x_now, y_now = (float(value) for value in rng.uniform(-3.0, 3.0, size=2))
        arrays = [rng.normal(size=size) for size in (2, 2, 2, 1)]
        result = backprop(x_now, y_now, *arrays)
        assert isinstance(result, (tuple, list)), f"For x = {x_now:.2f} backprop does not return four gradients."
        assert len(result) == 4, f"For x = {x_now:.2f} backprop returns {len(result)} results instead of four."
        dL_dw2, want = np.asarray(result[2]), reference(x_now, y_now, *arrays)[2]
        assert dL_dw2.dtype.kind in "fiu", f"For x = {x_now:.2f}, dL_dw2 is not made of numbers."
        assert dL_dw2.size == 2, f"For x = {x_now:.2f}, dL_dw2 holds {dL_dw2.size} number(s) instead of 2."
        assert np.allclose(np.ravel(dL_dw2), want, rtol=1e-4, atol=1e-4), (
            f"With other weights, x = {x_now:.2f} and y = {y_now:.2f}, dL_dw2 should be {np.round(want, 4)}, "
            f"but it is {np.ravel(dL_dw2)}: compare steps 1 and 2."
        )
        # Nudge w_2 on the student's own network: only where that is the right one, a wrong forward has its own test.
        for j in range(2):
            losses = []
            for nudge in (0.01, -0.01):
                nudged = [array.copy() for array in arrays]
                nudged[2][j] += nudge
                try:
                    out = np.ravel(forward(x_now, *nudged)[2])[0]
                except Exception:
                    break
                if np.allclose(out, reference_forward(x_now, *nudged)[2], rtol=1e-4, atol=1e-5):
                    losses.append((out - y_now) ** 2)
            if len(losses) == 2:
                measured = (losses[0] - losses[1]) / 0.02
                assert np.allclose(np.ravel(dL_dw2)[j], measured, rtol=0.02, atol=0.02), (
                    f"When w_2[{j}] is nudged, the loss of your own network changes at the rate {measured:.4f}; "
                    f"dL_dw2[{j}] says {np.ravel(dL_dw2)[j]:.4f}."
                )


check_dL_dw2_further()
del check_dL_dw2_further
### END HIDDEN TESTS


# %% test="backprop" part="dL_db1" points=1
def check_dL_db1():
    import numpy as np

    for x_now, y_now, w_2_now, want in [
        (1.0, np.exp(-1.0), [1.0, -1.0], [0.212700, -0.506459]),
        (2.0, 1.0, [2.0, 0.5], [0.368573, 0.401013]),
    ]:
        arrays = [np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array(w_2_now), np.array([1.0])]
        result = backprop(x_now, y_now, *arrays)
        assert result is not None, "backprop returned None: is there a return?"
        assert isinstance(result, (tuple, list)), "backprop must return four gradients: dL_dw1, dL_db1, dL_dw2, dL_db2"
        assert len(result) == 4, f"backprop must return four gradients, not {len(result)}."
        dL_db1 = np.asarray(result[1])
        assert dL_db1.dtype.kind in "fiu", (
            f"dL_db1, the second result, must be made of numbers, but it is {result[1]!r}."
        )
        assert dL_db1.size == 2, f"dL_db1 has the shape of b_1, (2,); yours holds {dL_db1.size} number(s)."
        assert np.allclose(np.ravel(dL_db1), want, atol=1e-4), (
            f"With w_2 = {w_2_now}, x = {x_now}, y = {y_now:.4f} and otherwise the start values, dL_db1 is {want}; "
            f"yours is {np.ravel(dL_db1)}. It is step 1 times step 3 times step 4: is w_2 there, and is the slope taken at z_1_2?"
        )
        assert np.array_equal(arrays[1], [1, 1]), (
            "backprop changed b_1. It only finds the gradients: leave the parameters as they are."
        )


check_dL_db1()
del check_dL_db1


### BEGIN HIDDEN TESTS
def check_dL_db1_further():
    import numpy as np

    from solutions.backprop import backprop as reference
    from solutions.forward import forward as reference_forward

    rng = np.random.default_rng(323)
    for _ in range(6):
        x_now, y_now = (float(value) for value in rng.uniform(-3.0, 3.0, size=2))
        arrays = [rng.normal(size=size) for size in (2, 2, 2, 1)]
        result = backprop(x_now, y_now, *arrays)
        assert isinstance(result, (tuple, list)), f"For x = {x_now:.2f} backprop does not return four gradients."
        assert len(result) == 4, f"For x = {x_now:.2f} backprop returns {len(result)} results instead of four."
        dL_db1, want = np.asarray(result[1]), reference(x_now, y_now, *arrays)[1]
        assert dL_db1.dtype.kind in "fiu", f"For x = {x_now:.2f}, dL_db1 is not made of numbers."
        assert dL_db1.size == 2, f"For x = {x_now:.2f}, dL_db1 holds {dL_db1.size} number(s) instead of 2."
        assert np.allclose(np.ravel(dL_db1), want, rtol=1e-4, atol=1e-4), (
            f"With other weights, x = {x_now:.2f} and y = {y_now:.2f}, dL_db1 should be {np.round(want, 4)}, "
            f"but it is {np.ravel(dL_db1)}: compare steps 1, 3 and 4."
        )
        # Nudge b_1 on the student's own network: only where that is the right one, a wrong forward has its own test.
        for j in range(2):
            losses = []
            for nudge in (0.01, -0.01):
                nudged = [array.copy() for array in arrays]
                nudged[1][j] += nudge
                try:
                    out = np.ravel(forward(x_now, *nudged)[2])[0]
                except Exception:
                    break
                if np.allclose(out, reference_forward(x_now, *nudged)[2], rtol=1e-4, atol=1e-5):
                    losses.append((out - y_now) ** 2)
            if len(losses) == 2:
                measured = (losses[0] - losses[1]) / 0.02
                assert np.allclose(np.ravel(dL_db1)[j], measured, rtol=0.02, atol=0.02), (
                    f"When b_1[{j}] is nudged, the loss of your own network changes at the rate {measured:.4f}; "
                    f"dL_db1[{j}] says {np.ravel(dL_db1)[j]:.4f}."
                )


check_dL_db1_further()
del check_dL_db1_further
### END HIDDEN TESTS


# %% test="backprop" part="dL_dw1" points=2
def check_dL_dw1():
    import numpy as np

    for x_now, y_now, w_2_now, want in [
        (1.0, np.exp(-1.0), [1.0, -1.0], [0.212700, -0.506459]),
        (2.0, 1.0, [2.0, 0.5], [0.737145, 0.802027]),
    ]:
        arrays = [np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array(w_2_now), np.array([1.0])]
        result = backprop(x_now, y_now, *arrays)
        assert result is not None, "backprop returned None: is there a return?"
        assert isinstance(result, (tuple, list)), "backprop must return four gradients: dL_dw1, dL_db1, dL_dw2, dL_db2"
        assert len(result) == 4, f"backprop must return four gradients, not {len(result)}."
        dL_dw1 = np.asarray(result[0])
        assert dL_dw1.dtype.kind in "fiu", (
            f"dL_dw1, the first result, must be made of numbers, but it is {result[0]!r}."
        )
        assert dL_dw1.size == 2, f"dL_dw1 has the shape of w_1, (2,); yours holds {dL_dw1.size} number(s)."
        assert np.allclose(np.ravel(dL_dw1), want, atol=1e-4), (
            f"With w_2 = {w_2_now}, x = {x_now}, y = {y_now:.4f} and otherwise the start values, dL_dw1 is {want}; "
            f"yours is {np.ravel(dL_dw1)}. It is dL_db1 times the factor of step 5: is the factor x there?"
        )
        assert np.array_equal(arrays[0], [1, -1]), (
            "backprop changed w_1. It only finds the gradients: leave the parameters as they are."
        )


check_dL_dw1()
del check_dL_dw1


### BEGIN HIDDEN TESTS
def check_dL_dw1_further():
    import numpy as np

    from solutions.backprop import backprop as reference
    from solutions.forward import forward as reference_forward

    rng = np.random.default_rng(324)
    for _ in range(6):
        x_now, y_now = (float(value) for value in rng.uniform(-3.0, 3.0, size=2))
        arrays = [rng.normal(size=size) for size in (2, 2, 2, 1)]
        result = backprop(x_now, y_now, *arrays)
        assert isinstance(result, (tuple, list)), f"For x = {x_now:.2f} backprop does not return four gradients."
        assert len(result) == 4, f"For x = {x_now:.2f} backprop returns {len(result)} results instead of four."
        dL_dw1, want = np.asarray(result[0]), reference(x_now, y_now, *arrays)[0]
        assert dL_dw1.dtype.kind in "fiu", f"For x = {x_now:.2f}, dL_dw1 is not made of numbers."
        assert dL_dw1.size == 2, f"For x = {x_now:.2f}, dL_dw1 holds {dL_dw1.size} number(s) instead of 2."
        assert np.allclose(np.ravel(dL_dw1), want, rtol=1e-4, atol=1e-4), (
            f"With other weights, x = {x_now:.2f} and y = {y_now:.2f}, dL_dw1 should be {np.round(want, 4)}, "
            f"but it is {np.ravel(dL_dw1)}: compare steps 1, 3, 4 and 5."
        )
        # Nudge w_1 on the student's own network: only where that is the right one, a wrong forward has its own test.
        for j in range(2):
            losses = []
            for nudge in (0.01, -0.01):
                nudged = [array.copy() for array in arrays]
                nudged[0][j] += nudge
                try:
                    out = np.ravel(forward(x_now, *nudged)[2])[0]
                except Exception:
                    break
                if np.allclose(out, reference_forward(x_now, *nudged)[2], rtol=1e-4, atol=1e-5):
                    losses.append((out - y_now) ** 2)
            if len(losses) == 2:
                measured = (losses[0] - losses[1]) / 0.02
                assert np.allclose(np.ravel(dL_dw1)[j], measured, rtol=0.02, atol=0.02), (
                    f"When w_1[{j}] is nudged, the loss of your own network changes at the rate {measured:.4f}; "
                    f"dL_dw1[{j}] says {np.ravel(dL_dw1)[j]:.4f}."
                )


check_dL_dw1_further()
del check_dL_dw1_further
### END HIDDEN TESTS

# %% [markdown]
# One more check, and the best habit of all who work with gradients: nudge each of the seven parameters, let the whole
# network run, and compare what the loss does with what `backprop` says. We do it at $x = 2$ and for other parameters
# than the start values: at $x = 1$ a forgotten factor $x$ would not show, and at the start values $\mathbf{w}_1$ and
# $\mathbf{w}_2$ are the same, so taking one for the other would not show either.

# %% id="gradient_check" locked=true demo=true check=true
names = ["w_1", "b_1", "w_2", "b_2"]
x_check, y_check = 2.0, float(gaussian(2.0))
check = (np.array([0.5, -1.5]), np.array([0.3, 1.2]), np.array([2.0, -0.7]), np.array([0.4]))


def loss(*parameters):
    """Loss of the network for x_check and y_check."""
    return float(np.ravel(forward(x_check, *parameters)[2])[0] - y_check) ** 2


rows = []
for k, gradient in enumerate(backprop(x_check, y_check, *check)):
    for j, from_formula in enumerate(np.ravel(gradient)):
        one = np.eye(check[k].size)[j]
        by_nudging = measure(lambda t, k=k, one=one: loss(*check[:k], check[k] + t * one, *check[k + 1 :]))
        rows.append([f"{names[k]}[{j}]", round(from_formula, 5), round(by_nudging, 5)])
print(pd.DataFrame(rows, columns=["parameter", "backprop", "by nudging"]).to_string(index=False))

# %% [markdown]
# The gradient of `b_2` is positive: raise `b_2`, and the loss grows. So we should lower it. In general, the gradient
# points uphill, and we go the other way.

# %% [markdown] exercise="update" minutes=5
# ### Exercise: one step downhill
#
# Write a function `update(parameters, gradients, lr)`, one step of **gradient descent**. The **learning rate** `lr`
# sets how far to go.
#
# | | name | what it is |
# |---|---|---|
# | argument | `parameters` | a tuple of four arrays: `w_1`, `b_1`, `w_2`, `b_2` |
# | argument | `gradients` | a tuple of their gradients, in the same order and of the same shapes |
# | argument | `lr` | the learning rate, a number |
# | result | | a tuple of the four new parameters; the old arrays, parameters and gradients, stay as they are |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Every parameter takes a step of `lr` times its own gradient, against the gradient. Make new arrays for the results:
# `w -= ...` would write into the old array, and whoever still needs it would be surprised.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $\mathbf{w} \leftarrow \mathbf{w} - \mathrm{lr} \cdot \frac{\partial L}{\partial \mathbf{w}}$, four times.
# `zip(parameters, gradients)` walks through both in step.
#
# </details>

# %% answer="update"
from solutions.update import update


# %% test="update" points=1
def check_update():
    import numpy as np

    old = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    slopes = (np.array([2.0, 0.0]), np.array([0.0, -4.0]), np.array([1.0, 1.0]), np.array([3.0]))
    new = update(old, slopes, 0.5)
    assert new is not None, "update returned None: is there a return?"
    assert isinstance(new, (tuple, list)), "update must return the four new parameters, for example as a tuple."
    assert len(new) == 4, f"update must return four parameters, not {len(new)}."
    wanted = ([0.0, -1.0], [1.0, 3.0], [0.5, -1.5], [-0.5])
    for name, before, after, want in zip(("w_1", "b_1", "w_2", "b_2"), ([1, -1], [1, 1], [1, -1], [1]), new, wanted):
        assert np.asarray(after).dtype.kind in "fiu", f"The new {name} must be made of numbers, but it is {after!r}."
        assert np.size(after) == len(want), (
            f"The new {name} must hold {len(want)} number(s), yours holds {np.size(after)}."
        )
        assert np.allclose(np.ravel(after), want, atol=1e-5), (
            f"{name} = {before} should become {want}, yours is {np.ravel(after)}: the old value minus lr times its own gradient."
        )
    for name, now, before in zip(("w_1", "b_1", "w_2", "b_2"), old, ([1, -1], [1, 1], [1, -1], [1])):
        assert np.array_equal(now, before), (
            f"update changed the old {name}: make a new array and leave the old one alone."
        )
    for name, now, before in zip(("dL_dw1", "dL_db1", "dL_dw2", "dL_db2"), slopes, ([2, 0], [0, -4], [1, 1], [3])):
        assert np.array_equal(now, before), f"update changed the gradient {name}: make a new array and leave it alone."


check_update()
del check_update


### BEGIN HIDDEN TESTS
def check_update_further():
    import numpy as np

    from solutions.update import update as reference

    rng = np.random.default_rng(304)
    for lr in (0.0, 1.0, *rng.uniform(0.001, 0.5, size=4)):
        old = tuple(rng.normal(size=size) for size in (2, 2, 2, 1))
        slopes = tuple(rng.normal(scale=20.0, size=size) for size in (2, 2, 2, 1))
        new = update(old, slopes, float(lr))
        assert isinstance(new, (tuple, list)), f"With lr = {lr:.3f} update does not return four parameters."
        assert len(new) == 4, f"With lr = {lr:.3f} update returns {len(new)} parameters instead of four."
        for name, after, want in zip(("w_1", "b_1", "w_2", "b_2"), new, reference(old, slopes, float(lr))):
            assert np.asarray(after).dtype.kind in "fiu", f"With lr = {lr:.3f} the new {name} is not made of numbers."
            assert np.size(after) == want.size, f"With lr = {lr:.3f} the new {name} holds {np.size(after)} number(s)."
            assert np.allclose(np.ravel(after), want, rtol=1e-4, atol=1e-5), (
                f"With lr = {lr:.3f} the new {name} should be {np.round(want, 4)}, but it is {np.ravel(after)}."
            )


check_update_further()
del check_update_further
### END HIDDEN TESTS

# %% [markdown]
# ## One step, and a surprise
#
# Take one step with learning rate 1, then do the forward pass again. **Before you run the next cell, guess:** does the
# output come closer to the target? The gradient says which way is downhill, after all.

# %% id="one_step" locked=true demo=true check=true
start = (w_1, b_1, w_2, b_2)
gradients = backprop(x, y, *start)


def output_after_step(lr):
    """Output of the network for x after one step from the start values."""
    return float(np.ravel(forward(x, *update(start, gradients, lr))[2])[0])


before, after = output_after_step(0.0), output_after_step(1.0)
print(f"target y        {y:9.4f}")
print(f"z_3 before      {before:9.4f}   off by {before - y:5.1f}   loss {(before - y) ** 2:8.4f}")
print(f"z_3 after lr=1  {after:9.4f}   off by {after - y:5.1f}   loss {(after - y) ** 2:8.4f}")

# %% [markdown]
# It does not. The output was too high by 1.0, and after the step it is too low by 3.5. The loss has grown from 1.03 to
# 12.39.
#
# Nothing is wrong with the gradient. But it only promises that the loss falls for a **small enough** step: it is the
# slope at the place where we stand, and it knows nothing of the valley's other side. A step that is too long jumps
# across the valley and lands higher up than before.

# %% [markdown] exercise="learning_rate" minutes=5
# ### Exercise: a learning rate that helps
#
# Find a learning rate with which **one** step from the start values brings the output $z_3$ closer to the target $y$,
# and store it as `lr_small`. `output_after_step(lr)` from the cell above is there to try with.
#
# | | name | what it is |
# |---|---|---|
# | result | `lr_small` | one positive number |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# lr = 1 went too far. Go less far, and look at the output each time. There is not one right number, there are many.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Closer means $|z_3^{\mathrm{new}} - y| < |z_3^{\mathrm{old}} - y|$. Try halving: 0.5, 0.25, 0.125, and so on, and
# check this each time.
#
# </details>

# %% answer="learning_rate"
from solutions.learning_rate import lr_small


# %% test="learning_rate" points=1 many_right=true
def check_learning_rate():
    import numpy as np

    assert lr_small is not None, "lr_small is None: store a number in it."
    assert np.asarray(lr_small).dtype.kind in "fiu", (
        f"lr_small is {lr_small!r}, which is not a number: store a number in it."
    )
    assert np.size(lr_small) == 1, f"lr_small holds {np.size(lr_small)} numbers: choose one."
    assert np.all(np.ravel(lr_small) > 0), (
        f"lr_small is {lr_small}: take a positive number, 0 stands still, minus goes uphill."
    )
    assert np.all(np.ravel(lr_small) < 1), (
        f"lr_small is {lr_small}, and lr = 1 already jumps too far: take a smaller one."
    )

    # One step from the start values, with the gradients that were tested above, and the output after it.
    lr = float(np.ravel(lr_small)[0])
    hidden = np.array([1.0, -1.0]) + np.array([1.0, 1.0]) - 2 * lr * np.array([0.212700, -0.506459])
    weights, bias = np.array([1.0, -1.0]) - lr * np.array([1.784350, 1.012918]), 1.0 - lr * 2.025835
    output = weights @ (1.0 / (1.0 + np.exp(-hidden))) + bias
    assert abs(output - np.exp(-1.0)) < 1.012918, (
        f"With lr_small = {lr} the output goes from 1.3808 to {output:.4f}. That is not closer to y = 0.3679 than before: "
        "take a smaller learning rate."
    )


check_learning_rate()
del check_learning_rate


### BEGIN HIDDEN TESTS
def check_learning_rate_further():
    import numpy as np

    from solutions.backprop import backprop as reference_backprop
    from solutions.forward import forward as reference_forward
    from solutions.update import update as reference_update

    start_values = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))
    target = np.exp(-1.0)
    step = float(np.ravel(lr_small)[0])
    moved = reference_update(start_values, reference_backprop(1.0, target, *start_values), step)
    miss_before = abs(reference_forward(1.0, *start_values)[2][0] - target)
    miss_after = abs(reference_forward(1.0, *moved)[2][0] - target)
    assert miss_after < miss_before, (
        f"With lr = {step} one step changes the distance from output to target from {miss_before:.4f} to {miss_after:.4f}: "
        "that is not closer, so take a smaller learning rate."
    )


check_learning_rate_further()
del check_learning_rate_further
### END HIDDEN TESTS

# %% [markdown]
# Here is the loss after one step for some learning rates: change `rates` and run the cell again, if you like. The picture
# below it shows all of them from 0 to 0.6.

# %% id="rates" play=true check=true
rates = [0.01, 0.1, 0.2, 0.5, 1.0]

for lr in rates:
    out = output_after_step(lr)
    print(f"lr = {lr:5.2f}   z_3 = {out:7.3f}   loss = {(out - y) ** 2:7.3f}")

# %% id="plot_rates" locked=true demo=true
fine = np.linspace(0.0, 0.6, 200)
losses = np.array([(output_after_step(lr) - y) ** 2 for lr in fine])
plot_curves(
    fine,
    {"before the step": np.full(fine.shape, losses[0]), "after one step": losses},
    "One step from the start values",
    xlabel="learning rate",
    ylabel="loss",
)

# %% [markdown]
# With 0.1 the loss falls to 0.326, with 0.2 nearly to 0; with 0.5 it is 1.509, already worse than before the step.
# Short steps are safe but slow, long steps overshoot: the learning rate is the first thing to look at when training
# goes wrong.
#
# ## Many steps: training
#
# One step serves one point. The network should fit the Gaussian at all 500 points of `X`. So we repeat: draw one point
# at random, do the forward and the backward pass for it, take a small step. This is **stochastic gradient descent**,
# SGD for short. A single step may make other points worse. On average, the steps go downhill.

# %% [markdown] exercise="train" minutes=15
# ### Exercise: train the network
#
# Write a function `train(X, N, lr, seed)`. It begins with the start values of this lab, $\mathbf{w}_1 = (1, -1)$,
# $\mathbf{b}_1 = (1, 1)$, $\mathbf{w}_2 = (1, -1)$, $b_2 = 1$, each time that it is called, and does `N` steps of SGD.
# For each step it draws **one** `x` from `X` at random; its target is `gaussian(x)`.
#
# | | name | what it is |
# |---|---|---|
# | argument | `X` | the inputs to draw from, shape `(n,)` |
# | argument | `N` | the number of steps, a whole number |
# | argument | `lr` | the learning rate, a number |
# | argument | `seed` | a whole number for your random generator: the same seed gives the same result |
# | result | `w_1`, `b_1`, `w_2`, `b_2` | the parameters after `N` steps, shapes `(2,)`, `(2,)`, `(2,)`, `(1,)` |
#
# Time: about 15 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Everything is there: `backprop` finds the gradients, `update` makes the step. Make the start values and the random
# generator inside the function, before the loop. In the loop, the new parameters take the place of the old ones.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# Make a generator with `np.random.default_rng(seed)` before the loop; in the loop its method `choice(X)` draws one
# number. Keep the four parameters together in one tuple `p`; then `backprop(x, gaussian(x), *p)` hands them over one
# by one, and `update` returns the next tuple.
#
# </details>

# %% answer="train"
from solutions.train import train


# %% test="train" points=3 many_right=true
def check_train():
    import numpy as np

    names = ("w_1", "b_1", "w_2", "b_2")
    points = np.linspace(-5.0, 5.0, 500)
    result = train(points, 0, 0.1, 0)
    assert result is not None, "train returned None: is there a return after the loop?"
    assert isinstance(result, (tuple, list)), "train must return the four parameters: w_1, b_1, w_2, b_2"
    assert len(result) == 4, f"train must return four parameters, not {len(result)}."
    for name, value, want in zip(names, result, ([1, -1], [1, 1], [1, -1], [1])):
        assert np.asarray(value).dtype.kind in "fiu", f"{name} must be made of numbers, but train returned {value!r}."
        assert np.size(value) == len(want), f"{name} must hold {len(want)} number(s), yours holds {np.size(value)}."
        assert np.allclose(np.ravel(value), want), (
            f"With N = 0 steps {name} keeps its start value {want}; yours: {value}."
        )

    # If X holds nothing but x = 1, one step with lr = 0.1 goes where one step went above.
    for x_now, wanted in [
        (1.0, ([0.97873, -0.949354], [0.97873, 1.050646], [0.821565, -1.101292], [0.797416])),
        (0.5, ([0.993791, -0.990216], [0.987582, 1.019567], [0.931926, -1.051828], [0.916737])),
    ]:
        result = train(np.array([x_now, x_now, x_now]), 1, 0.1, 0)
        for name, value, want in zip(names, result, wanted):
            assert np.allclose(np.ravel(value), want, atol=1e-4), (
                f"After one step at x = {x_now} with lr = 0.1, {name} should be {want}, but it is {np.ravel(value)}: "
                "take one x from X (N counts steps), y = gaussian(x), then backprop, then update."
            )

    for seed in (0, 7):
        for name, first, second in zip(names, train(points, 50, 0.05, seed), train(points, 50, 0.05, seed)):
            assert np.allclose(first, second), (
                f"Two calls with seed = {seed} end with different {name}: make one generator from seed before the loop and "
                "draw only with it (0 is a seed like any other)."
            )
    trained = [np.ravel(value) for value in train(points, 5000, 0.05, 7)]
    hidden = 1.0 / (1.0 + np.exp(-(np.outer(points, trained[0]) + trained[1])))
    miss = np.mean((hidden @ trained[2] + trained[3] - np.exp(-(points**2))) ** 2)
    assert miss < 0.04, (
        f"After 5000 steps with lr = 0.05 the mean squared error should be below 0.04, but it is {miss:.4f}: "
        "does each step draw a new x and begin where the last one ended?"
    )
    assert np.array_equal(points, np.linspace(-5.0, 5.0, 500)), "train changed its argument X: leave it as it is."


check_train()
del check_train


### BEGIN HIDDEN TESTS
def check_train_further():
    import itertools

    import numpy as np

    from solutions.backprop import backprop as reference_backprop
    from solutions.update import update as reference_update

    start = (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0]))

    def flat(parameters):
        assert isinstance(parameters, (tuple, list)), "train does not return four parameters for other points."
        assert [np.size(value) for value in parameters] == [2, 2, 2, 1], "The parameters lose their shapes in training."
        for value in parameters:
            assert np.asarray(value).dtype.kind in "fiu", f"train returned {value!r} where numbers are wanted."
        return np.concatenate([np.ravel(value) for value in parameters])

    def step(parameters, x_now, lr):
        gradients = reference_backprop(float(x_now), float(np.exp(-x_now * x_now)), *parameters)
        return reference_update(parameters, gradients, lr)

    def walk(inputs, lr):
        parameters = start
        for x_now in inputs:
            parameters = step(parameters, x_now, lr)
        return flat(parameters)

    # One point: every step is known, whatever the generator.
    rng = np.random.default_rng(305)
    for steps, lr in ((1, 0.23), (2, 0.13), (5, 0.071), (40, 0.013), (3, 0.0)):
        point = rng.uniform(-2.0, 2.0, size=1)
        got, want = flat(train(point, steps, lr, 3)), walk(np.repeat(point, steps), lr)
        assert np.allclose(got, want, rtol=1e-3, atol=1e-4), (
            f"With the one point x = {point[0]:.3f}, {steps} step(s) and lr = {lr:.3f} the parameters should be "
            f"{np.round(want, 4)}, but they are {np.round(got, 4)}: use the X and the lr that you are given."
        )

    # Many tiny steps lead where a tenth of them leads at ten times the rate, to about one part in a thousand.
    got, want = flat(train(np.array([0.7]), 12_800, 1.5e-5, 0)), walk(np.full(1280, 0.7), 1.5e-4)
    assert np.max(np.abs(got - want)) < 0.03 * np.max(np.abs(want - flat(start))), (
        "After 12800 steps at one point the parameters are not where 12800 steps lead: do all N steps, however large N is."
    )

    # Four steps on six points: where they end tells which points were drawn. The chance that independent draws, with or
    # without replacement, fail one of the assertions on these 70 runs is below 1e-9.
    points = np.array([-2.1, -1.2, -0.4, 0.5, 1.3, 2.2])
    sequences, ends = list(itertools.product(range(6), repeat=4)), [start]
    for _ in range(4):
        ends = [step(parameters, x_now, 0.3) for parameters in ends for x_now in points]
    ends, runs = np.array([flat(end) for end in ends]), []
    for seed in (0, 1, 2, 3, *rng.integers(4, 1_000_000, size=66).tolist()):
        distances = np.max(np.abs(ends - flat(train(points, 4, 0.3, seed))), axis=1)
        assert np.min(distances) < 1e-4, "Four steps do not follow from drawing one point of X for each step."
        runs.append(sequences[int(np.argmin(distances))])
    assert len(set(runs)) > 1, "70 seeds draw the same points: make the random generator from seed and draw with it."
    most = max(len(set(run)) for run in runs)
    assert most > 1, "Every step of a run uses the same x: draw a new one for each step."
    assert most > 3, f"Four steps of a run never use more than {most} of six points: draw from all of X in each step."
    never = sorted(set(range(6)) - {k for run in runs for k in run})
    assert not never, (
        f"In 70 runs of four steps the points at positions {never} of six are never drawn: draw from all of X."
    )
    following = {}
    for run in runs:
        for k in range(3):
            following.setdefault((k, run[k]), set()).add(run[k + 1])
    assert any(len(after) > 1 for after in following.values()), (
        "The first point of a run decides which points follow: draw each of them at random."
    )

    # Half of the points at 40, half at -40: there the sigmoids are flat, and w_2[0] shrinks by the factor exp(-4 lr) for
    # each draw of 40. The number of these draws varies as it does in independent draws, or less. For those the sum of ten
    # squared standard scores has a chi-squared distribution: above 66 with a probability below 1e-9.
    points = np.tile([40.0, -40.0], 250)
    scores = []
    for seed in (0, *rng.integers(1, 1_000_000, size=9).tolist()):
        factor = max(flat(train(points, 1000, 2e-5, seed))[4], 1e-9)
        scores.append((np.log(factor) / -8e-5 - 500.0) / np.sqrt(250.0))
    assert np.sum(np.square(scores)) < 66, (
        "Runs of 1000 steps favour some points of X more than chance does: draw from all of X anew in each step."
    )

    points = np.linspace(-4.0, 4.0, 300)
    final = [np.ravel(value) for value in train(points, 5000, 0.05, 11)]
    hidden = 1.0 / (1.0 + np.exp(-(np.outer(points, final[0]) + final[1])))
    miss = np.mean((hidden @ final[2] + final[3] - np.exp(-(points**2))) ** 2)
    assert miss < 0.04, (
        f"After 5000 steps on 300 other points the mean squared error is {miss:.4f}: it should be below 0.04."
    )


check_train_further()
del check_train_further
### END HIDDEN TESTS

# %% [markdown]
# Now the real run: 50,000 steps with lr = 0.01 on the 500 points. To see how the error falls, we also stop earlier,
# with the same seed. The yardstick is the best that a network can do which answers the same number everywhere: the
# mean of $f$, with an error of 0.0938.


# %% id="full_run" locked=true demo=true check=true
def outputs(parameters, inputs=X):
    """Outputs of the network for many inputs, one after the other: shape (n,)."""
    return np.array([float(np.ravel(forward(point, *parameters)[2])[0]) for point in inputs])


f = gaussian(X)
snapshots = {N: train(X, N, 0.01, 0) for N in (0, 1000, 5000, 10000, 20000, 50000)}
errors = {N: float(mse(f, outputs(parameters))) for N, parameters in snapshots.items()}

print(f"best constant   {np.var(f):.4f}")
print(f"before          {errors[0]:.4f}")
print("after 50,000 steps below 0.001:", errors[50000] < 0.001)

# %% id="plot_training" locked=true demo=true
fig, (left, right) = plt.subplots(1, 2, figsize=(14, 5))
curves = {f"after {N:,} steps": outputs(snapshots[N]) for N in (0, 5000, 50000)}
plot_curves(X, {"target": f} | curves, "The network learns the Gaussian", ax=left)

left_to_right = np.array(list(errors))
plot_curves(
    left_to_right,
    {"best constant": np.full(left_to_right.shape, np.var(f)), "network": np.array(list(errors.values()))},
    "The error falls",
    ax=right,
    xlabel="steps",
    ylabel="mean squared error",
)
right.set_yscale("log")
plt.show()

# %% [markdown]
# With the reference answer, the error after 50,000 steps is about $5 \cdot 10^{-4}$, whatever the seed: in the
# picture, the two curves nearly lie on each other. During the first thousands of steps the network hardly beats the
# best constant. Then it finds out that its two neurons can share the work.
#
# How do they share it? The next picture shows what each hidden neuron gives to the output: one climbs, the other, a
# little further right, comes down by as much, and their sum is the bell. It is the trick of Lab 2, one flank each, found
# by nothing but small steps downhill.

# %% id="plot_neurons" locked=true demo=true
trained_w_1, trained_b_1, trained_w_2, trained_b_2 = (np.ravel(value) for value in snapshots[50000])
shares = {f"$w_{{2,{j + 1}}} h_{j + 1}$": trained_w_2[j] * sigmoid(trained_w_1[j] * X + trained_b_1[j]) for j in (0, 1)}
plot_curves(X, {"target": f} | shares, f"The share of each hidden neuron (output bias: {trained_b_2[0]:.2f})")

# %% [markdown]
# ## Why start like this?
#
# The start values look arbitrary, but they matter. Let us compare three starts. To keep chance out, each step now uses
# the mean gradient of eleven points instead of one random point.
#
# - **The start of this lab**, for comparison.
# - **Equal neurons**: both hidden neurons start with the same weight, bias and output weight. Then they give the same
#   $h$, receive the same blame and take the same step. After it they are equal again, and so on for ever. The network
#   has two neurons and uses them as one, and one sigmoid goes up or down, but not up *and* down. Only different start
#   values break this symmetry. That is why networks start with random weights.
# - **A start that gets stuck**: $\mathbf{w}_1 = (0.5, -0.5)$, $\mathbf{b}_1 = (1, 1)$, $\mathbf{w}_2 = (-1, -1)$, $b_2
#   = 1$. The neurons differ, and yet something goes wrong. The last lines of the output tell what.

# %% id="other_starts" locked=true demo=true check=true
few_points = np.linspace(-5.0, 5.0, 11)


def mean_gradients(parameters):
    """Mean of the gradients over a few points, one array for each parameter."""
    by_point = [backprop(point, float(gaussian(point)), *parameters) for point in few_points]
    return tuple(np.mean([np.ravel(slopes[k]) for slopes in by_point], axis=0) for k in range(4))


ends = {
    "start of this lab": (np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([1.0])),
    "equal neurons": (np.array([1.0, 1.0]), np.array([1.0, 1.0]), np.array([1.0, 1.0]), np.array([1.0])),
    "stuck": (np.array([0.5, -0.5]), np.array([1.0, 1.0]), np.array([-1.0, -1.0]), np.array([1.0])),
}
for _ in range(500):
    ends = {name: update(end, mean_gradients(end), 0.5) for name, end in ends.items()}

for name, end in ends.items():
    print(f"{name:18} mean squared error {mse(f, outputs(end)):.3f}")
print(f"{'best constant':18} mean squared error {np.var(f):.3f}")
print("equal neurons are still equal:", all(np.ptp(parameter) < 1e-9 for parameter in ends["equal neurons"][:3]))
print("stuck: both weights in w_1 are 0:", np.allclose(ends["stuck"][0], 0.0, atol=1e-4))
print("stuck: all gradients are 0:      ", all(np.allclose(g, 0.0, atol=1e-4) for g in mean_gradients(ends["stuck"])))

# %% id="plot_other_starts" locked=true demo=true
plot_curves(X, {"target": f} | {name: outputs(end) for name, end in ends.items()}, "One good start, and two others")

# %% [markdown]
# The stuck network has turned the weights of both hidden neurons to 0. Now $x$ does not matter to it any more: it
# answers the same number everywhere, nearly the best one, so its error is that of the best constant, 0.094. And there
# all gradients are 0. No step leads away, though far better weights exist. A gradient of 0 only says that the ground
# is level here, not that this is the lowest place.

# %% [markdown]
# ## What to take with you
#
# - The **forward pass** computes the output and keeps what the way back needs.
# - The **backward pass** multiplies small derivatives along each way, from the loss to the parameter: the chain rule.
# - **Check** gradients by nudging the parameters. If the two disagree, look for the mistake.
# - A gradient step helps only if it is **short enough**. The learning rate decides.
# - **SGD** repeats the step for one random point at a time. Where training ends also depends on where it starts.
#
# In Lab 4 the same recipe trains a neuron that tells two classes of points apart.
