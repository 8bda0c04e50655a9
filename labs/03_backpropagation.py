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

try:
    import check
    from given import gaussian, plot_curves
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

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
import check

check.sigmoid_derivative(sigmoid_derivative)

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
import check

check.mse(mse)

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
import check

check.forward(forward)

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
import check

check.backprop(backprop, forward, part="dL_db2")

# %% test="backprop" part="dL_dw2" points=2
import check

check.backprop(backprop, forward, part="dL_dw2")

# %% test="backprop" part="dL_db1" points=1
import check

check.backprop(backprop, forward, part="dL_db1")

# %% test="backprop" part="dL_dw1" points=2
import check

check.backprop(backprop, forward, part="dL_dw1")

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
import check

check.update(update)

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
import check

check.learning_rate(lr_small)

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
import check

check.train(train)

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

# %% id="summary" locked=true demo=true
# How far you are. Run this cell last, or run the whole notebook.
import check

check.summary("03_backpropagation")
