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
# In Lab 2, you combined two sigmoids into something close to a Gaussian, and you chose the output weights by hand. In
# this lab, the network finds all of its weights itself.
#
# **After this lab you can**
#
# - send an input **forward** through a network and measure how wrong the output is;
# - send the error **backward** by the chain rule, and check the gradients that you get;
# - explain why a step in the right direction can still make things worse, and choose a learning rate with which it does
#   not;
# - train a network with 50,000 small steps, and explain why the start values matter.
#
# **What you need to know:** Lab 2 or its contents: a hidden layer of two sigmoid neurons and a linear output. The chain
# rule for derivatives. From NumPy: arrays of shape `(2,)`, `@`.
#
# **Time:** about 85 minutes.
#
# The set-up gives you `sigmoid`, the target $f(x) = e^{-x^2}$, called `gaussian`, and `X`, the 500 points from $-5$ to
# $5$. The [notation sheet](notation.html) lists all symbols, names and shapes.

# %% id="setup" locked=true
# Run this cell first. It holds what earlier labs made, and a helper for plots; no need to read it now.
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
# The task of this lab is backpropagation for a network with
#
# - one input $x$,
# - one hidden layer of two neurons with sigmoid activation,
# - one output $z_3$ with linear activation, which means no activation: the output is what the output neuron adds up.
#
# ![The network: solid arrows lead forward from the input x through the hidden neurons, z_1 with h_1 and z_2 with h_2, to the output z_3, which is y_out, and on to the loss L = (z_3 - y)^2. Dashed arrows lead back the same way and carry all the gradients: dL/dz_3, then dL/dw_out,1, dL/dw_out,2 and dL/db_out, then dL/dh_1 and dL/dh_2, dL/dz_1 and dL/dz_2, and last dL/dw_1,1, dL/dw_1,2, dL/db_1,1 and dL/db_1,2.](figures/network_121.svg)
#
# **How to read the diagram.** Forward, each arrow carries a value from left to right. Backward, each dashed arrow
# carries a gradient, and its label says which one: $\frac{\partial L}{\partial h_1}$, for example, tells how the loss
# reacts to a nudge of $h_1$. The gradients that training needs are those of the weights and biases; the others are only
# needed on the way to them. There is nothing to compute for $x$, because the input is given.
#
# The network has seven parameters in four arrays. The notation is that of Lab 2. Keep this table at hand:
#
# | symbol | in the code | shape | what it is |
# |---|---|---|---|
# | $x$ | `x` | a number | the input |
# | $y$ | `y` | a number | the target, $f(x) = e^{-x^2}$ |
# | $\mathbf{w}_1$, $\mathbf{b}_1$ | `w_1`, `b_1` | `(2,)` each | weights and biases of the two hidden neurons |
# | $\mathbf{z}_{12} = (z_1, z_2)$ | `z_1_2` | `(2,)` | values of the hidden neurons before the activation |
# | $\mathbf{h}_{12} = (h_1, h_2)$ | `h_1_2` | `(2,)` | their values after the activation: the hidden outputs |
# | $\mathbf{w}_{\text{out}}$, $b_{\text{out}}$ | `w_2`, `b_2` | `(2,)`, `(1,)` | weights and bias of the output neuron |
# | $y_{\text{out}} = z_3$ | `z_3` | `(1,)` | the output of the network |
# | $L$ | | a number | the loss $(z_3 - y)^2$ for this one $x$ |
#
# In the code, the parameters are numbered by layer: `w_1` and `b_1` belong to the hidden layer; `w_2` and `b_2` belong
# to the second layer, the output. In `z_1_2`, `h_1_2` and `z_3`, the numbers count the neurons: 1 and 2 are the hidden
# ones, 3 is the output neuron. As before, $y$ is the target.

# %% [markdown] exercise="sigmoid_derivative" minutes=5
# ### Exercise: the slope of the sigmoid
#
# The way back leads through the sigmoid, and there we need its slope. Write a function `sigmoid_derivative(z)`, the
# derivative $\sigma'(z)$ of the sigmoid.
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
# Differentiate $\sigma(z) = \frac{1}{1 + e^{-z}}$ with the quotient rule. Then look for $\sigma(z)$ in the result: the
# derivative can be expressed in terms of $\sigma(z)$ alone.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$. Call `sigmoid` once and store its result in a variable.
#
# </details>

# %% answer="sigmoid_derivative"
from solutions.sigmoid_derivative import sigmoid_derivative


# %% test="sigmoid_derivative" points=1 shape=true
import check

check.sigmoid_derivative(sigmoid_derivative)

# %% [markdown]
# The slope is largest at $z = 0$, where it is 1/4, and approaches 0 on both sides. Remember this picture: where the
# sigmoid is flat, hardly any error signal gets through on the way back.

# %% id="plot_slope" locked=true demo=true
plot_curves(X, {"sigmoid": sigmoid(X), "its slope": sigmoid_derivative(X)}, "The sigmoid and its slope", xlabel="$z$")

# %% [markdown] exercise="mse" minutes=5
# ### Exercise: how wrong is the network?
#
# To improve something, you have to measure it. Write a function `mse(y, y_out)`, the **mean squared error**: the mean
# of the squared differences between the outputs and the targets. Because of the square, errors in either direction
# count, and large errors count more. (For a single point, the mean is over one term only. That is the loss
# $L = (z_3 - y)^2$ of the diagram.)
#
# | | name | what it is |
# |---|---|---|
# | argument | `y` | the targets, shape `(n,)` |
# | argument | `y_out` | the outputs of the network, shape `(n,)` |
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
# We begin with one input, $x = 1$, and with start values that are simple enough to follow on paper.

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
# everything that the backward pass will need:
#
# $$\mathbf{z}_{12} = \mathbf{w}_1 x + \mathbf{b}_1, \qquad \mathbf{h}_{12} = \sigma(\mathbf{z}_{12}), \qquad
# z_3 = \mathbf{w}_{\text{out}} \cdot \mathbf{h}_{12} + b_{\text{out}}$$
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
# One line of code for each of the three formulas, then one `return` with three names. NumPy computes both hidden
# neurons at once: a number times an array of shape `(2,)` has shape `(2,)`.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# The dot product makes one number out of two arrays of shape `(2,)`: `a @ b` is `a[0] * b[0] + a[1] * b[1]`. With `*`
# you would get two numbers, and `z_3` would have the wrong shape.
#
# </details>

# %% answer="forward"
from solutions.forward import forward


# %% test="forward" points=3
import check

check.forward(forward)

# %% [markdown]
# Now the network can give its first output. (Before the forward pass has run, there is no $z_3$ to look at.) The target
# is $y = f(1) = e^{-1}$.

# %% id="first_output" locked=true demo=true check=true
z_1_2, h_1_2, z_3 = (np.ravel(value) for value in forward(x, w_1, b_1, w_2, b_2))
y = float(gaussian(x))

print("z_1_2 =", np.round(z_1_2, 6), "  h_1_2 =", np.round(h_1_2, 6))
print("z_3 =", np.round(z_3, 6), "  y =", round(y, 6), "  loss =", np.round((z_3 - y) ** 2, 6))

# %% [markdown]
# **Is the output of the network close to the target?** Compare `z_3` with `y`, and decide before you open our answer.
#
# <details><summary>Our answer</summary>
#
# No. The output is 1.38, but the target is 0.37, so the output is too high by 1.0, and the loss $L = (z_3 - y)^2$ is
# 1.03. This is no surprise, since nobody chose these weights to fit anything. Now we improve them.
#
# </details>
#
# ## Backward: which parameters are to blame?
#
# For each of the seven parameters, we ask one question: **if we nudge it a little, how does the loss change?** The
# answer is the **partial derivative** of $L$ with respect to that parameter, written $\frac{\partial L}{\partial w}$
# for a parameter $w$: differentiate with respect to $w$ as usual, and treat everything else as constant. The seven
# answers together form the **gradient**.
#
# A nudge of a hidden weight passes through several stages before it reaches the loss:
#
# $$w_{1,j} \;\to\; z_j \;\to\; h_j \;\to\; z_3 \;\to\; L$$
#
# Here $j$ is 1 or 2, and $w_{1,j}$ is the weight of hidden neuron $j$: `w_1[j - 1]` in the code.
#
# Each arrow multiplies the nudge by a factor of its own. The **chain rule** says that the whole path multiplies it by
# the product of all these factors. So we need one small derivative for each arrow, and each of them is easy. We start
# at the loss and go backward, because all paths share the factors close to the loss: we compute them once and use them
# for every parameter.
#
# **Step 1, from $L$ to $z_3$.** $L = (z_3 - y)^2$ is a square. The outer derivative is twice the bracket, and the inner
# derivative is 1:
#
# $$\frac{\partial L}{\partial z_3} = 2\,(z_3 - y)$$
#
# **Step 2, from $z_3$ to the output parameters.** $z_3 = w_{\text{out},1} h_1 + w_{\text{out},2} h_2 + b_{\text{out}}$
# is linear in each of them. The factor of $w_{\text{out},j}$ is $h_j$, and the factor of $b_{\text{out}}$ is 1:
#
# $$\frac{\partial z_3}{\partial w_{\text{out},j}} = h_j, \qquad \frac{\partial z_3}{\partial b_{\text{out}}} = 1$$
#
# **Step 3, from $z_3$ to the hidden outputs.** The same sum, this time as a function of $h_j$:
#
# $$\frac{\partial z_3}{\partial h_j} = w_{\text{out},j}$$
#
# **Step 4, through the activation.** $h_j = \sigma(z_j)$, and you already have its slope. Mind where it is evaluated:
# at $z_j$, the input of the sigmoid, not at $h_j$.
#
# $$\frac{\partial h_j}{\partial z_j} = \sigma'(z_j)$$
#
# **Step 5, from $z_j$ to the hidden parameters.** $z_j = w_{1,j} x + b_{1,j}$:
#
# $$\frac{\partial z_j}{\partial w_{1,j}} = x, \qquad \frac{\partial z_j}{\partial b_{1,j}} = 1$$
#
# Derivations can go wrong, so it is good to measure as well. The next cell takes each arrow by itself, nudges its start
# a little up and a little down, and measures the change at its end. This is called a **central difference**. Work out
# each of the five steps on paper with $x = 1$ and the numbers above, and compare your result with its row. (For step 5,
# $x = 1$ cannot tell the factor $x$ from a factor 1: try another $x$ on paper.)
#
# Then follow one path from end to end: which factors lie between $w_{1,2}$ and the loss, and what is their product?
# Your `backprop` should return this number as `dL_dw1[1]`.


# %% id="measured_links" locked=true demo=true check=true
from given import compare_gradients, slope_of

links = {
    "step 1: z_3   -> L    ": slope_of(lambda t: (z_3 + t - y) ** 2),
    "step 2: w_2   -> z_3  ": slope_of(lambda t: np.dot(h_1_2, w_2 + t), size=2),
    "step 3: h_1_2 -> z_3  ": slope_of(lambda t: np.dot(h_1_2 + t, w_2), size=2),
    "step 4: z_1_2 -> h_1_2": slope_of(lambda t: sigmoid(z_1_2 + t)),
    "step 5: w_1   -> z_1_2": slope_of(lambda t: (w_1 + t) * x),
}
for link, slopes in links.items():
    print(link, np.round(slopes, 5) + 0.0)

# %% [markdown] exercise="backprop" minutes=20
# ### Exercise: the backward pass
#
# Write a function `backprop(x, y, w_1, b_1, w_2, b_2)`. It runs `forward` and then multiplies the factors along each
# path, from the loss back to the parameter. Do not change any parameter yet: this function only computes the gradients.
#
# | | name | what it is |
# |---|---|---|
# | argument | `x`, `y` | the input and its target, a number each |
# | argument | `w_1`, `b_1`, `w_2`, `b_2` | the parameters, shapes `(2,)`, `(2,)`, `(2,)`, `(1,)` |
# | result | `dL_dw1`, `dL_db1`, `dL_dw2`, `dL_db2` | $\frac{\partial L}{\partial \mathbf{w}_1}$, $\frac{\partial L}{\partial \mathbf{b}_1}$, $\frac{\partial L}{\partial \mathbf{w}_{\text{out}}}$, $\frac{\partial L}{\partial b_{\text{out}}}$, each in the shape of its parameter |
#
# Return all four, in this order: `return dL_dw1, dL_db1, dL_dw2, dL_db2`.
#
# The four gradients are checked one by one, in the order of the way back. If several checks fail, correct the topmost
# one first: the later ones often contain the same factors, and so the same mistake.
#
# Time: about 20 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Begin with the factor that all gradients share, step 1, and give it a name, for example `dL_dz3`. Multiply it by step
# 2, and both gradients of the output neuron are done. For the hidden layer, multiply it by steps 3 and 4 and name the
# product: it is the derivative of $L$ with respect to `z_1_2`, of shape `(2,)`. Step 5 does the rest.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $$\frac{\partial L}{\partial \mathbf{w}_{\text{out}}} = 2 (z_3 - y)\, \mathbf{h}_{12}, \qquad
# \frac{\partial L}{\partial b_{\text{out}}} = 2 (z_3 - y)$$
#
# $$\frac{\partial L}{\partial \mathbf{w}_1} = 2 (z_3 - y)\, \mathbf{w}_{\text{out}}\, \sigma'(\mathbf{z}_{12})\, x, \qquad
# \frac{\partial L}{\partial \mathbf{b}_1} = 2 (z_3 - y)\, \mathbf{w}_{\text{out}}\, \sigma'(\mathbf{z}_{12})$$
#
# All products are element by element (`*`, never `@`): each hidden neuron has its own path.
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
# One more check, which is a good habit whenever you work with gradients: nudge each of the seven parameters, run the
# whole network, and compare the change of the loss with what `backprop` returns. We do this at $x = 2$ and with
# parameters other than the start values: at $x = 1$, a missing factor $x$ would not show, and since $\mathbf{w}_1$ and
# $\mathbf{w}_{\text{out}}$ have the same start values, neither would a mix-up of the two.

# %% id="gradient_check" locked=true demo=true check=true
x_check, y_check = 2.0, float(gaussian(2.0))
compare_gradients(
    {"w_1": [0.5, -1.5], "b_1": [0.3, 1.2], "w_2": [2.0, -0.7], "b_2": [0.4]},
    lambda *parameters: (np.ravel(forward(x_check, *parameters)[2]) - y_check) ** 2,
    lambda *parameters: backprop(x_check, y_check, *parameters),
)

# %% [markdown]
# The gradient of `b_2` is positive: if we raise `b_2`, the loss grows. So we should lower it. In general, the gradient
# points uphill, and we go the opposite way.

# %% [markdown] exercise="update" minutes=5
# ### Exercise: one step downhill
#
# Write a function `update(parameters, gradients, lr)` that performs one step of **gradient descent**. The **learning
# rate** `lr` determines the length of the step.
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
# From every parameter, subtract `lr` times its own gradient. Make new arrays for the results: `w -= ...` would
# overwrite the old array, which other cells may still need.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $\mathbf{w} \leftarrow \mathbf{w} - \mathrm{lr} \cdot \frac{\partial L}{\partial \mathbf{w}}$, four times.
# `zip(parameters, gradients)` pairs each parameter with its gradient.
#
# </details>

# %% answer="update"
from solutions.update import update


# %% test="update" points=1
import check

check.update(update)

# %% [markdown]
# ## Does one step help?
#
# We take one step with learning rate 1 and run the forward pass again. Every parameter moves downhill, as its gradient
# says. **Before you run the next cell, make a guess:** will the output be closer to the target?

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

# %% [markdown] exercise="observe_step" minutes=5
# ### Exercise: did the output come closer?
#
# Look at what the last cell printed, and answer in three or four sentences:
#
# 1. Did the output come closer to the target? Quote the numbers that show it.
# 2. Every parameter moved in the direction in which the loss falls. How can the result be what you see? What does a
#    gradient tell you, and what does it not tell you?
# 3. What would you change so that one step helps?
#
# Time: about 5 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# On which side of the target was the output before the step, and on which side is it now? How far is it away?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Think of the loss as a valley, $L = (z_3 - y)^2$, with its lowest point at $z_3 = y$. The gradient is its slope at one
# place. The length of the step is the slope times the learning rate.
#
# </details>

# %% [markdown] written="observe_step" points=1
# *Write your answer here.*

# %% [markdown] exercise="learning_rate" minutes=5
# ### Exercise: a learning rate that helps
#
# Find a learning rate with which **one** step from the start values brings the output $z_3$ closer to the target $y$,
# and store it in `lr_small`. Use `output_after_step(lr)` from the cell above to try values.
#
# | | name | what it is |
# |---|---|---|
# | result | `lr_small` | one positive number |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# The step with lr = 1 was too long. Take shorter ones, and look at the output each time. There is not just one right
# number; there are many.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Closer means $|z_3^{\mathrm{new}} - y| < |z_3^{\mathrm{old}} - y|$. Keep halving the learning rate, 0.5, 0.25, 0.125,
# and so on, and check this each time.
#
# </details>

# %% answer="learning_rate"
from solutions.learning_rate import lr_small


# %% test="learning_rate" points=1 many_right=true
import check

check.learning_rate(lr_small)

# %% [markdown]
# Here is the loss after one step for several learning rates. You can change `rates` and run the cell again. The plot
# below it shows all learning rates from 0 to 0.6.

# %% id="rates" play=true check=true
rates = [0.01, 0.1, 0.2, 0.5, 1.0]

for lr in rates:
    out = output_after_step(lr)
    print(f"lr = {lr:5.2f}   z_3 = {out:7.3f}   loss = {(out - y) ** 2:7.3f}")

# %% id="plot_rates" locked=true demo=true
fine = np.linspace(0.0, 0.6, 200)
losses = np.array([(output_after_step(lr) - y) ** 2 for lr in fine])
curves = {"before the step": np.full(fine.shape, losses[0]), "after one step": losses}
plot_curves(fine, curves, "One step from the start values", xlabel="learning rate", ylabel="loss")

# %% [markdown]
# With lr = 0.1, the loss falls from 1.03 to 0.326; with 0.2, it falls almost to 0; with 0.5, it is 1.509, already
# higher than before the step. With 1, the output jumped from 1.0 too high to 3.5 too low, and the loss grew to 12.39.
#
# Nothing is wrong with the gradient. But it only promises that the loss falls for a **small enough** step: it is the
# slope at the point where we are, and it knows nothing about the other side of the valley. A step that is too long
# jumps across the valley and lands higher up than before. Short steps are safe but slow, long steps overshoot, so the
# learning rate is the first thing to look at when training goes wrong.
#
# ## Many steps: training
#
# One step helps with one point. But the network should fit the Gaussian at all 500 points of `X`. So we repeat: draw
# one point at random, do the forward and the backward pass for it, and take a small step. This is **stochastic gradient
# descent**, SGD for short. A single step may make other points worse, but on average the steps go downhill.
#
# Why not use all 500 points for every step? Then each step would go exactly downhill on the MSE, but it would also cost
# 500 times as much. For the same work, 500 rough steps usually lead further than one exact step. Lab 4 shows a
# compromise between the two.

# %% [markdown] exercise="train" minutes=15
# ### Exercise: train the network
#
# Write a function `train(X, N, lr, seed)`. Each time it is called, it begins with the start values of this lab,
# $\mathbf{w}_1 = (1, -1)$, $\mathbf{b}_1 = (1, 1)$, $\mathbf{w}_{\text{out}} = (1, -1)$, $b_{\text{out}} = 1$, and does
# `N` steps of SGD. For each step, it draws **one** `x` from `X` at random; the target is `gaussian(x)`.
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
# Everything is there: `backprop` computes the gradients, and `update` takes the step. Create the start values and the
# random generator inside the function, before the loop. In the loop, the new parameters replace the old ones.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# Create a generator with `np.random.default_rng(seed)` before the loop; inside the loop, its method `choice(X)` draws
# one number. Keep the four parameters together in one tuple `p`: then `backprop(x, gaussian(x), *p)` passes them one by
# one, and `update` returns the next tuple.
#
# </details>

# %% answer="train"
from solutions.train import train


# %% test="train" points=3 many_right=true
import check

check.train(train)

# %% [markdown]
# Now the real run: 50,000 steps with lr = 0.01 on the 500 points. To see how the error falls, we also train for fewer
# steps, with the same seed. The baseline is again the best constant answer, the mean of $f$, with an MSE of 0.0938.


# %% id="full_run" locked=true demo=true check=true
def outputs(parameters, inputs=X):
    """Outputs of the network for many inputs, one after the other: shape (n,)."""
    return np.array([float(np.ravel(forward(point, *parameters)[2])[0]) for point in inputs])


f = gaussian(X)
snapshots = {N: train(X, N, 0.01, 0) for N in (0, 1000, 5000, 10000, 20000, 50000)}
errors = {N: float(mse(f, outputs(parameters))) for N, parameters in snapshots.items()}

print(f"MSE of the best constant {np.var(f):.4f}, before training {errors[0]:.4f}")
print("after 50,000 steps below 0.001:", errors[50000] < 0.001)

# %% id="plot_training" locked=true demo=true
from given import explore_runs, plot_run

curves = {f"after {N} steps": outputs(snapshots[N]) for N in (0, 5000, 50000)}
fig = plot_run(X, {"target": f} | curves, {"network": errors, "best constant": dict.fromkeys(errors, np.var(f))})

# %% [markdown]
# With the reference answer, the MSE after 50,000 steps is about $5 \cdot 10^{-4}$, whatever the seed: in the plot, the
# two curves nearly coincide. During the first few thousand steps, the network is hardly better than the best constant.
# Then it discovers that its two neurons can share the work.
#
# How do they share it? The next plot shows what each hidden neuron contributes to the output: one contribution rises,
# the other falls by as much a little further to the right, and their sum is the bump. It is the same idea as in Lab 2,
# one flank each, found by nothing but small steps downhill.

# %% id="plot_neurons" locked=true demo=true
hidden_w, hidden_b, w_out, b_out = (np.ravel(value) for value in snapshots[50000])
shares = {f"from neuron {j + 1}": w_out[j] * sigmoid(hidden_w[j] * X + hidden_b[j]) for j in (0, 1)}
plot_curves(X, {"target": f} | shares, f"The contribution of each hidden neuron (output bias: {b_out[0]:.2f})")

# %% [markdown]
# **Try other settings.** Whenever you let go of a slider, the cell below trains afresh with your `train`, which can
# take some seconds. On the left you see the output of the network; on the right, the errors of all the runs so far,
# with one line for each learning rate. Which learning rate needs the fewest steps to get below the best constant? And
# what do you see if the learning rate is very small: is it a bad fit, or just not finished? (Without a running kernel
# or without `ipywidgets` there are no sliders, and the plot shows one run.)

# %% id="sliders" locked=true demo=true
explore_runs(lambda steps, lr: outputs(train(X, steps, lr, 0)), X, f, errors)

# %% [markdown]
# ## Why these start values?
#
# The start values look arbitrary, but they matter. Let us compare three starts. To rule out chance, each step now uses
# the mean gradient of eleven points instead of the gradient of one random point.
#
# - **The start of this lab**, for comparison.
# - **Equal neurons**: both hidden neurons start with the same weight, bias and output weight. Then they compute the
#   same $h$, get the same gradient and take the same step. After that they are still equal, and so on forever. The
#   network has two neurons, but they act as one, and one sigmoid goes up or down, but not up *and* down. Only different
#   start values break this symmetry. That is why networks start with random weights.
# - **A start that gets stuck**: $\mathbf{w}_1 = (0.5, -0.5)$, $\mathbf{b}_1 = (1, 1)$,
#   $\mathbf{w}_{\text{out}} = (-1, -1)$, $b_{\text{out}} = 1$. The neurons differ, and yet something goes wrong. The
#   last row of the table shows what.

# %% id="other_starts" locked=true demo=true check=true
from given import descend, explore_steps, mean_gradients

few_points = np.linspace(-5.0, 5.0, 11)
starts = {
    "start of this lab": ([1.0, -1.0], [1.0, 1.0], [1.0, -1.0], [1.0]),
    "equal neurons": ([1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0]),
    "stuck": ([0.5, -0.5], [1.0, 1.0], [-1.0, -1.0], [1.0]),
}
frames = descend(backprop, update, few_points, starts, lr=0.5, steps=500)

rows = {}
for name, (*_, end) in frames.items():
    steepest = max(np.max(np.abs(gradient)) for gradient in mean_gradients(backprop, few_points, end))
    rows[name] = [mse(f, outputs(end)), *np.ravel(end[0]), steepest]
print(pd.DataFrame(rows, index=["MSE", "w_1[0]", "w_1[1]", "steepest gradient"]).T.round(3) + 0.0)

# %% [markdown]
# Press the play button to watch all three, or move the slider: the outputs are on the left, the errors at the eleven
# points on the right. The equal neurons act as one, and their curve only ever rises or falls.

# %% id="plot_other_starts" locked=true demo=true
explore_steps(outputs, frames, few_points)

# %% [markdown]
# The stuck network has driven the weights of both hidden neurons to 0. Now $x$ no longer matters: the output is the
# same everywhere, close to the best constant, so the MSE is that of the best constant, 0.094. And there, all gradients
# are 0. No step leads away, although far better weights exist. A gradient of 0 only says that the ground is level here,
# not that this is the lowest point.

# %% [markdown]
# ## Key points
#
# - The **forward pass** computes the output and keeps the intermediate values that the backward pass needs.
# - The **backward pass** multiplies simple derivatives along each path from the loss to a parameter: the chain rule.
# - **Check** gradients by nudging the parameters. If the two disagree, look for the mistake.
# - A step of gradient descent is sure to help only if it is **short enough**. The learning rate decides.
# - **SGD** takes one such step for one random point at a time. Where training ends also depends on where it starts.
#
# In Lab 4, the same recipe trains a neuron that tells two classes of points apart.

# %% id="summary" locked=true demo=true
# Your results so far. Run this cell last, or run the whole notebook.
import check

check.summary("03_backpropagation")
