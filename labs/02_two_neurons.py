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
# # Lab 2: Two neurons
#
# In Lab 1 a single neuron could not imitate a bump: it switches once, and a bump goes up and comes down again. In this
# lab two neurons work side by side, and you combine their outputs so that they draw the bump together.
#
# **After this lab you can**
#
# - say what a layer with several neurons computes, and why its outputs need output weights and an output bias;
# - write such a network as a few vector operations, for any number of neurons and inputs at once;
# - choose output weights by looking at curves, and judge the choice by its mean squared error.
#
# **What you need to know:** Lab 1, or what it is about: the affine transformation $z = wx + b$, the sigmoid
# $\sigma(z) = \frac{1}{1 + e^{-z}}$, the neuron $h = \sigma(wx + b)$, which switches where $wx + b = 0$, and the mean
# squared error (MSE). From NumPy: arrays with two dimensions, broadcasting, `@`.
# **Time:** about 50 minutes.
#
# The set-up gives you `sigmoid` and the target $f(x) = e^{-x^2}$, called `gaussian`.

# %% id="setup" locked=true
# Run this cell first. `sigmoid` is the function that you wrote in Lab 1.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

try:
    import check
    from given import explore, gaussian, plot_curves
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

from solutions.sigmoid import sigmoid

# %% [markdown]
# ## Part 1: Several neurons in a layer
#
# There are two obvious ways to make a network of more than one neuron. We can put one layer *behind* another: the
# network becomes **deeper**. Or we can put neurons *side by side* in the same layer: the network becomes **wider**.
# Here we make it wider, with two nodes in one layer:
#
# ![A layer of two nodes: the input x goes to both nodes; the first computes h 1 from its own weight w 1 and bias b 1, the second h 2 from w 2 and b 2; the two outputs are multiplied by the output weights, added together with the output bias, and give y out.](figures/two_nodes.svg)
#
# Four things to notice:
#
# 1. There is still **one input** $x$. That is only to keep things simple; with several numbers for each data point, the
#    data form a matrix $X$ with one row for each point, as in Lab 4.
# 2. Each node has **a weight and a bias of its own**, and performs its own affine transformation.
# 3. Both nodes use **the same activation function** $\sigma$, each on its own $z$.
# 4. The outputs of the nodes have to be **combined** into the output of the network. There are many ways to do this. We
#    take a linear combination, so now there are weights and a bias at the output too:
#
# $$y_{\text{out}} = w^{\text{out}}_1 h_1 + w^{\text{out}}_2 h_2 + b_{\text{out}}$$

# %% [markdown]
# ## Part 2: What the two neurons do
#
# Again we take 500 points from $-5$ to $5$ and the Gaussian as target. The first neuron gets $(w, b) = (3.5,\ 3.5)$,
# the second one $(-3.5,\ 3.5)$. We compute each of them by itself, as in Lab 1.

# %% id="two_outputs" locked=true demo=true
x = np.linspace(-5.0, 5.0, 500)
f = gaussian(x)

w = np.array([3.5, -3.5])
b = np.array([3.5, 3.5])

# Affine transformations
z_1 = w[0] * x + b[0]
z_2 = w[1] * x + b[1]

# Outputs of the nodes
h_1 = sigmoid(z_1)
h_2 = sigmoid(z_2)

# %% id="plot_two_outputs" locked=true demo=true
plot_curves(
    x,
    {"target: $f(x)$": f, "$h_1$, first neuron": h_1, "$h_2$, second neuron": h_2},
    title="The outputs of the two neurons",
)

# %% [markdown]
# Two sigmoids, as expected. The weight of the first is positive, so it switches *on*, at $x = -1$. The weight of the
# second is negative, so it switches *off*, at $x = 1$. Between $-1$ and $1$ both are on.
#
# **A note on what we are doing.** This is *not* classification. We want to predict the values of a function, which is
# called **regression**. The sigmoid suits classification well, where an output between 0 and 1 can be read as a
# probability (Lab 4). To approximate a function it is one choice among many, and we have no such strong reason for it.

# %% [markdown]
# ## Part 3: Combine them
#
# ### A first try: add them up
#
# We begin with output weights of 1 and no output bias: $w_{\text{out}} = (1, 1)$, $b_{\text{out}} = 0$.

# %% id="first_try" locked=true demo=true
y_first = 1.0 * h_1 + 1.0 * h_2 + 0.0
plot_curves(
    x,
    {"target: $f(x)$": f, r"$y_{\mathrm{out}} = h_1 + h_2$": y_first},
    title=r"$w_{\mathrm{out}} = (1, 1)$, $b_{\mathrm{out}} = 0$",
)

# %% [markdown]
# This is not a good approximation. *But* look at the shape. Two neurons, each of which can only switch once, and
# together they make a curve that rises *and* falls. And we have not even used the output weights yet.
#
# ### A second try: other output weights
#
# Now $w_{\text{out}} = (-1.5, -1.5)$ and $b_{\text{out}} = 1.5$.

# %% id="second_try" locked=true demo=true
y_second = -1.5 * h_1 - 1.5 * h_2 + 1.5
plot_curves(
    x,
    {"target: $f(x)$": f, r"$y_{\mathrm{out}} = -1.5\,h_1 - 1.5\,h_2 + 1.5$": y_second},
    title=r"$w_{\mathrm{out}} = (-1.5, -1.5)$, $b_{\mathrm{out}} = 1.5$",
)

# %% [markdown]
# The output weights stretch the curve and can turn it over; the output bias moves it up and down. Let us put numbers to
# both tries: the network's output at the left end, in the middle and at the right end, and the MSE. For comparison, the
# constant answer that came out best in Lab 1: it is the mean of the target.

# %% id="compare_tries" locked=true demo=true check=true
tries = {"target": f, "first try": y_first, "second try": y_second, "best constant": np.full(500, np.mean(f))}
table = pd.DataFrame(
    {
        name: {
            "left end": y[0],
            "middle": np.interp(0.0, x, y),
            "right end": y[-1],
            "MSE": np.mean((y - f) ** 2),
        }
        for name, y in tries.items()
    }
).T
print((table.round(3) + 0.0).to_string())  # + 0.0 turns -0.0 into 0.0

# %% [markdown]
# So neither try is anywhere near the target: both have an MSE about ten times that of the best constant.
#
# - **The first** is a bump in the right place from left to right, and of about the right height from foot to top. But
#   it stands 1 too high.
# - **The second** has its feet at the right height, but it is **upside down**: negative output weights have made a dip
#   where the target has a bump.
#
# The mistakes are of a kind that can be mended. In general we have three options:
#
# 1. change the **number of nodes**;
# 2. change the **activation function**;
# 3. change the **weights** and biases.
#
# Option 3 is enough here, as you will see in Part 5. First we make the computation more convenient.

# %% [markdown]
# ## Part 4: Mathematical notation, and code that follows it
#
# One line of code for each neuron was fine for two of them. For a hundred it would not be. Vectors pack all of them
# into one line. We explain it with the two nodes that we have.
#
# Take a single input $x$. Collect the weights of the nodes in a vector $\mathbf{w} \in \mathbb{R}^2$ and their biases
# in a vector $\mathbf{b} \in \mathbb{R}^2$. Then all affine transformations are written at once as
#
# $$\mathbf{z} = \mathbf{w}\,x + \mathbf{b}, \qquad \mathbf{z} \in \mathbb{R}^2,$$
#
# with the usual rules: a vector times a number, and a vector plus a vector. Next, the outputs of the nodes are
#
# $$\mathbf{h} = \sigma(\mathbf{z}), \qquad \mathbf{h} \in \mathbb{R}^2,$$
#
# where it is *understood* that $\sigma$ acts on each element separately: $h_j = \sigma(z_j)$ for $j = 1, 2$. Last comes
# the output layer,
#
# $$y_{\text{out}} = \mathbf{w}_{\text{out}} \cdot \mathbf{h} + b_{\text{out}}, \qquad
# \mathbf{w}_{\text{out}} \in \mathbb{R}^2,\quad b_{\text{out}} \in \mathbb{R},$$
#
# in which $\cdot$ is the dot product: multiply element by element, then add up.
#
# Nothing in these three lines depends on the number 2. With $J$ nodes the vectors are in $\mathbb{R}^J$, and the
# formulas stay as they are.
#
# **From one data point to many.** We want the outputs for $n$ values of $x$ at once. By convention each gets a **row**,
# so $\mathbf{h}$ becomes a table with $n$ rows, one for each value, and $J$ columns, one for each node:
#
# $$H = \begin{pmatrix}
# \sigma(w_1 x_1 + b_1) & \cdots & \sigma(w_J x_1 + b_J) \\
# \vdots & & \vdots \\
# \sigma(w_1 x_n + b_1) & \cdots & \sigma(w_J x_n + b_J)
# \end{pmatrix}$$

# %% [markdown] exercise="hidden_layer" minutes=8
# ### Exercise: a layer of neurons
#
# A layer between the input and the output of a network is called a **hidden layer**. Write a function
# `hidden_layer(x, w, b)` that returns the outputs of all its nodes for all inputs: the table $H$ above.
#
# | | name | what it is |
# |---|---|---|
# | argument | `x` | the inputs, an array of shape `(n,)` |
# | argument | `w` | the weights of the nodes, an array of shape `(J,)` |
# | argument | `b` | the biases of the nodes, an array of shape `(J,)` |
# | result | | shape `(n, J)`: row $i$, column $j$ is the output of node $j$ for input $i$ |
#
# It must work for any $n$ and any $J$, also for $J \ne 2$.
#
# Time: about 8 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Every input meets every weight. If `x` is a *column* and `w` is a *row*, NumPy's broadcasting forms all the products
# by itself. (A loop over the nodes that fills one column after another is fine too.)
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `x[:, np.newaxis]` has shape `(n, 1)`. Times `w` of shape `(J,)` it gives shape `(n, J)`. Adding `b` of shape `(J,)`
# adds $b_j$ to column $j$. `sigmoid` keeps the shape.
#
# </details>

# %% answer="hidden_layer"
from solutions.hidden_layer import hidden_layer


# %% test="hidden_layer" points=3 shape=true
import check

check.hidden_layer(hidden_layer)

# %% [markdown] exercise="network" minutes=6
# ### Exercise: the whole network
#
# Write a function `network(x, w, b, w_out, b_out)` that returns the output
# $y_{\text{out}} = \mathbf{w}_{\text{out}} \cdot \mathbf{h} + b_{\text{out}}$ for each input.
#
# | | name | what it is |
# |---|---|---|
# | argument | `x` | the inputs, an array of shape `(n,)` |
# | argument | `w`, `b` | the weights and the biases of the hidden layer, arrays of shape `(J,)` |
# | argument | `w_out` | the output weights, an array of shape `(J,)` |
# | argument | `b_out` | the output bias, a number |
# | result | | one output for each input, shape `(n,)` |
#
# Time: about 6 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# You already have the table of all node outputs. Each of its rows is an $\mathbf{h}$, and each row has to be turned
# into one number. No activation comes after that: the output is linear.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `@` between a table of shape `(n, J)` and a vector of shape `(J,)` takes the dot product of each row with the vector,
# which gives shape `(n,)`. Then add the output bias.
#
# </details>

# %% answer="network"
from solutions.network import network


# %% test="network" points=3
import check

check.network(network)

# %% [markdown]
# ## Part 5: Better output weights
#
# Your functions make it easy to try things. Here are the two tries of Part 3 again, now with `network`:

# %% id="tries_again" locked=true demo=true check=true
for w_try, b_try in [([1.0, 1.0], 0.0), ([-1.5, -1.5], 1.5)]:
    y = np.ravel(network(x, w, b, np.array(w_try), b_try))
    print(f"w_out = {w_try}, b_out = {b_try}: MSE {np.mean((y - f) ** 2):.3f}")

# %% [markdown]
# Move the sliders, and watch what each of them does to the curve and to the MSE in the title. The hidden layer stays as
# it is. (If you see no sliders here, the notebook is being shown without a running kernel or without `ipywidgets`; the
# picture then shows the first try.)


# %% id="sliders" locked=true demo=true
def draw_network(w_out_1, w_out_2, b_out):
    """Draw w_out_1 h_1 + w_out_2 h_2 + b_out beside the target, with its MSE; returns the figure."""
    y = w_out_1 * h_1 + w_out_2 * h_2 + b_out
    fig, ax = plt.subplots(figsize=(9, 5))
    plot_curves(x, {"target: $f(x)$": f, "network": y}, title=f"MSE = {np.mean((y - f) ** 2):.4f}", ax=ax)
    ax.set_ylim(-2.0, 3.0)
    return fig


explore(draw_network, w_out_1=(-3.0, 3.0, 1.0), w_out_2=(-3.0, 3.0, 1.0), b_out=(-3.0, 3.0, 0.0))

# %% [markdown] exercise="output_weights" minutes=8
# ### Exercise: choose the output weights
#
# For the hidden layer with $\mathbf{w} = (3.5, -3.5)$ and $\mathbf{b} = (3.5, 3.5)$, choose output weights and an
# output bias that bring the network close to the Gaussian on the 500 points from $-5$ to $5$.
#
# | | name | what it is |
# |---|---|---|
# | result | `w_out` | the two output weights, shape `(2,)` |
# | result | `b_out` | the output bias, a number |
#
# An MSE of at most 0.005 gets all 3 points, an MSE of at most 0.05 half of them. Compute the MSE with your `network`
# before you run the tests.
#
# Time: about 8 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Start from the try that is not upside down. What is the difference between its output and the target, at the left end,
# in the middle, and at the right end? Which one of the three numbers changes the output by the same amount everywhere?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Far to the left $h_1 \approx 0$ and $h_2 \approx 1$; far to the right it is the other way round; in the middle both
# are nearly 1. So the output is about $w^{\text{out}}_2 + b_{\text{out}}$, $w^{\text{out}}_1 + b_{\text{out}}$ and
# $w^{\text{out}}_1 + w^{\text{out}}_2 + b_{\text{out}}$ there. Set these to what the target is at these three places.
#
# </details>

# %% answer="output_weights"
from solutions.output_weights import b_out, w_out


# %% test="output_weights" points=3 many_right=true
import check

check.output_weights(w_out, b_out)

# %% [markdown]
# ### How good can it get?
#
# Your curve, drawn beside the target:

# %% id="plot_your_network" locked=true demo=true
y_yours = np.ravel(network(x, w, b, np.ravel(w_out), float(np.ravel(b_out)[0])))
plot_curves(
    x,
    {"target: $f(x)$": f, "your network": y_yours},
    title=f"Two neurons, your output weights: MSE = {np.mean((y_yours - f) ** 2):.4f}",
)

# %% [markdown]
# What is the smallest MSE that *any* output weights can reach with these two hidden nodes? The output is a linear
# combination of three curves: $h_1$, $h_2$ and the constant 1. So the question is one of linear algebra: which part of
# the target lies outside the space that these three curves span? And what if the hidden layer may change as well? The
# last line uses a set of weights in which all seven numbers were fitted.

# %% id="limits_of_two_nodes" locked=true demo=true check=true
basis, _ = np.linalg.qr(np.column_stack([h_1, h_2, np.ones(500)]))
out_of_reach = f - basis @ (basis.T @ f)
print(f"best constant:                                  MSE {np.var(f):.6f}")
print(f"these two hidden nodes, best output weights:    MSE {np.mean(out_of_reach**2):.6f}")

y_fitted = np.ravel(network(x, np.array([2.916, -2.916]), np.array([2.0, 2.0]), np.array([1.308, 1.308]), -1.31))
print(f"two hidden nodes, all seven numbers fitted:     MSE {np.mean((y_fitted - f) ** 2):.6f}")

# %% [markdown]
# With its hidden layer as it is, the network can go down to an MSE of 0.0017, no further. If the hidden layer may
# change too, two neurons reach 0.00001, and then no eye can tell the network from the target. So option 3 of Part 3,
# better weights, was indeed enough. In Lab 1 one neuron was no better than a constant; two neurons, well chosen, draw
# the bump. (It takes both of them: a single neuron, even with an output weight and an output bias that stretch and move
# its curve, still goes one way only.)
#
# But who chooses seven numbers by hand? And who would, for a network with a million? In Lab 3 the network learns them.

# %% [markdown] exercise="observe_two_neurons" minutes=6
# ### Exercise: what do you observe?
#
# Answer in your own words, in five or six sentences:
#
# 1. How can two neurons that each switch only once make a bump together? What does each of them contribute?
# 2. Why was the first try of Part 3 so far from the target, and why was the second one upside down?
# 3. What do you expect from a *third* neuron in the hidden layer: what could the network draw then that it cannot draw
#    now?
#
# Time: about 6 minutes. This answer is read by a person.
#
# <details><summary>Hint 1: the idea</summary>
#
# Walk along the horizontal axis from left to right and say, for each stretch, which neuron is on and what the output
# is.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Use $\sigma(-z) = 1 - \sigma(z)$ to write the second neuron as $h_2 = 1 - \sigma(3.5x - 3.5)$: one minus a neuron that
# switches *on* at $x = 1$. What is $h_1 + h_2$ then? For question 3, suppose that all switches are equally steep: how
# often can a sum of two of them turn around, how often a sum of three?
#
# </details>

# %% [markdown] written="observe_two_neurons" points=1
# *Write your answer here.*

# %% [markdown]
# ## Summary
#
# - Neurons side by side form a layer: $\mathbf{h} = \sigma(\mathbf{w}\,x + \mathbf{b})$, each with a weight and a bias
#   of its own.
# - A linear output layer combines them: $y_{\text{out}} = \mathbf{w}_{\text{out}} \cdot \mathbf{h} + b_{\text{out}}$.
#   It stretches the curves, turns them over, adds them up and moves the sum up or down.
# - For $n$ inputs and $J$ nodes the outputs of the hidden layer form a table of shape `(n, J)`.
# - One switch cannot draw a bump, two can. More neurons can draw more complicated curves.
# - A curve may have the right shape and still a large error: look at the plot *and* at the MSE.
#
# **Further reading:** M. Nielsen, [*Neural Networks and Deep
# Learning*](http://neuralnetworksanddeeplearning.com/chap4.html), chapter 4, builds bumps from pairs of neurons just as
# you did, and from many bumps any continuous function.

# %% id="summary" locked=true demo=true
# How far you are. Run this cell last, or run the whole notebook.
import check

check.summary("02_two_neurons")
