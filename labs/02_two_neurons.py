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
# In Lab 1, a single neuron could not imitate a bump: it switches once, but a bump goes up and comes down again. In this
# lab, two neurons work side by side, and you combine their outputs into a bump.
#
# **After this lab you can**
#
# - explain what a layer of several neurons computes, and why its outputs need output weights and an output bias;
# - write such a network as a few vector operations, for any number of neurons and of inputs at once;
# - choose output weights by looking at the curves, and judge your choice by its mean squared error.
#
# **What you need to know:** Lab 1 or its contents: the affine transformation $z = wx + b$, the sigmoid
# $\sigma(z) = \frac{1}{1 + e^{-z}}$, the neuron $h = \sigma(wx + b)$, which switches where $wx + b = 0$, and the mean
# squared error (MSE). From NumPy: two-dimensional arrays, broadcasting, `@`.
#
# **Time:** about 50 minutes.
#
# The set-up gives you `sigmoid` and the target $f(x) = e^{-x^2}$, called `gaussian`. The [notation
# sheet](notation.html) lists all symbols, names and shapes.

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
# There are two obvious ways to make a network of more than one neuron. We can put one layer *behind* another, which
# makes the network **deeper**. Or we can put several neurons *side by side* in the same layer, which makes it
# **wider**. Here we make it wider, with two nodes in one layer:
#
# ![A layer of two nodes: the input x goes to both nodes; the first computes h_1 from its own weight w_1,1 and bias b_1,1, the second h_2 from w_1,2 and b_1,2; the two outputs are multiplied by the output weights w_out,1 and w_out,2, added together with the output bias b_out, and give y_out.](figures/two_nodes.svg)
#
# Four things to notice:
#
# 1. There is still **one input**, $x$. That only keeps things simple. With several numbers for each data point, the
#    data form a matrix $X$ with one row for each point, as in Lab 4.
# 2. Each node has **its own weight and its own bias** and performs its own affine transformation.
# 3. Both nodes use **the same activation function** $\sigma$, each on its own $z$.
# 4. The outputs of the nodes have to be **combined** into the output of the network. There are many ways to do this. We
#    take a linear combination plus a bias, so now there are weights and a bias at the output too:
#
# $$y_{\text{out}} = w_{\text{out},1}\, h_1 + w_{\text{out},2}\, h_2 + b_{\text{out}}$$
#
# ### Notation
#
# With several layers, weights and biases need more than a letter. Labs 2, 3 and 4 name them in the same way: the
# **first index names the layer**, and the second counts within it.
#
# | symbol | in the code | what it is |
# |---|---|---|
# | $w$, $b$ | `w`, `b` | weight and bias of a single neuron (Lab 1), and arguments of functions that serve any layer |
# | $\mathbf{w}_1 = (w_{1,1}, w_{1,2})$, $\mathbf{b}_1 = (b_{1,1}, b_{1,2})$ | `w_1`, `b_1` | weights and biases of the first layer, the *hidden layer*: $w_{1,j}$ is the weight of its neuron $j$ |
# | $z_j$, $h_j$ | `z_1`, `h_1`, ... | what hidden neuron $j$ computes: before and after its activation |
# | $\mathbf{w}_{\text{out}} = (w_{\text{out},1}, w_{\text{out},2})$, $b_{\text{out}}$ | `w_out`, `b_out` (Lab 3: `w_2`, `b_2`) | weights and bias of the output layer |
# | $y_{\text{out}}$ | `y_out` | output of the network |
# | $y$ | `y`, `f` | the target: what the output should be, here $f(x)$ |

# %% [markdown]
# ## Part 2: What the two neurons do
#
# Again we take 500 points from $-5$ to $5$, and the Gaussian as the target. The first neuron gets the weight
# $w_{1,1} = 3.5$ and the bias $b_{1,1} = 3.5$, the second one $w_{1,2} = -3.5$ and $b_{1,2} = 3.5$. We compute each of
# them separately, as in Lab 1.

# %% id="two_outputs" locked=true demo=true
x = np.linspace(-5.0, 5.0, 500)
f = gaussian(x)

w_1 = np.array([3.5, -3.5])
b_1 = np.array([3.5, 3.5])

# Affine transformations
z_1 = w_1[0] * x + b_1[0]
z_2 = w_1[1] * x + b_1[1]

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
# Two sigmoids, as expected. The weight of the first neuron is positive, so it switches *on*, at $x = -1$. The weight of
# the second is negative, so it switches *off*, at $x = 1$. Between $-1$ and $1$, both are on.
#
# **A note on the task.** This is *not* classification. We want to predict the values of a function, which is called
# **regression**. The sigmoid suits classification well, because an output between 0 and 1 can be read as a probability
# (Lab 4). For approximating a function, there is no such strong reason to choose it: it is one option among many.

# %% [markdown]
# ## Part 3: Combine them
#
# ### A first try: add them up
#
# We begin with output weights of 1 and no output bias: $\mathbf{w}_{\text{out}} = (1, 1)$, $b_{\text{out}} = 0$.

# %% id="first_try" locked=true demo=true
y_first = 1.0 * h_1 + 1.0 * h_2 + 0.0
plot_curves(
    x,
    {"target: $f(x)$": f, r"$y_{\mathrm{out}} = h_1 + h_2$": y_first},
    title=r"$w_{\mathrm{out}} = (1, 1)$, $b_{\mathrm{out}} = 0$",
)

# %% [markdown]
# This is not a good approximation. *But* look at its shape. Each of the two neurons can switch only once, and yet
# together they make a curve that rises *and* falls. And we have not even used the output weights yet.
#
# ### A second try: other output weights
#
# Now $\mathbf{w}_{\text{out}} = (-1.5, -1.5)$ and $b_{\text{out}} = 1.5$.

# %% id="second_try" locked=true demo=true
y_second = -1.5 * h_1 - 1.5 * h_2 + 1.5
plot_curves(
    x,
    {"target: $f(x)$": f, r"$y_{\mathrm{out}} = -1.5\,h_1 - 1.5\,h_2 + 1.5$": y_second},
    title=r"$w_{\mathrm{out}} = (-1.5, -1.5)$, $b_{\mathrm{out}} = 1.5$",
)

# %% [markdown]
# The output weights stretch the curve and can turn it upside down; the output bias moves it up and down. Let us put
# numbers to both tries: the output of the network at the left end, in the middle and at the right end, and the MSE. For
# comparison, the table also shows the best constant answer of Lab 1, the mean of the target.

# %% id="compare_tries" locked=true demo=true check=true
from given import compare

compare(x, f, {"first try": y_first, "second try": y_second, "best constant": np.full(500, np.mean(f))})

# %% [markdown]
# Neither try is anywhere near the target: both have an MSE of about ten times that of the best constant.
#
# - **The first** is a bump in the right place, with about the right height from foot to top. But it is about 1 too high
#   everywhere.
# - **The second** has its ends at the right height, but it is **upside down**: the negative output weights have made a
#   dip where the target has a bump.
#
# Both faults can be corrected. In general, we have three options:
#
# 1. change the **number of nodes**;
# 2. change the **activation function**;
# 3. change the **weights** and biases.
#
# Option 3 is enough here, as you will see in Part 5. But first we make the computation more convenient.

# %% [markdown]
# ## Part 4: Mathematical notation, and code that follows it
#
# One line of code per neuron was fine for two neurons, but not for a hundred. With vectors, a single line computes all
# of them. We use our two nodes to explain how.
#
# Take a single input $x$. Collect the weights of the hidden nodes in a vector $\mathbf{w}_1 \in \mathbb{R}^2$ and their
# biases in a vector $\mathbf{b}_1 \in \mathbb{R}^2$. Then all the affine transformations can be written at once as
#
# $$\mathbf{z} = \mathbf{w}_1 x + \mathbf{b}_1, \qquad \mathbf{z} \in \mathbb{R}^2,$$
#
# with the usual rules for a vector times a number and for a sum of vectors. Next, the outputs of the nodes are
#
# $$\mathbf{h} = \sigma(\mathbf{z}), \qquad \mathbf{h} \in \mathbb{R}^2,$$
#
# where it is *understood* that $\sigma$ acts on each element separately: $h_j = \sigma(z_j)$ for $j = 1, 2$. Last comes
# the output layer,
#
# $$y_{\text{out}} = \mathbf{w}_{\text{out}} \cdot \mathbf{h} + b_{\text{out}}, \qquad
# \mathbf{w}_{\text{out}} \in \mathbb{R}^2,\quad b_{\text{out}} \in \mathbb{R},$$
#
# where $\cdot$ is the dot product: multiply element by element, then add up. There is no activation here: the output of
# the network is linear in the hidden outputs $\mathbf{h}$, up to the constant $b_{\text{out}}$. All the curvature comes
# from the hidden layer. (If the hidden layer had no activation either, $y_{\text{out}}$ would be an affine function of
# $x$: the composition of affine functions is affine, as you saw in Lab 1.)
#
# Nothing in these three lines depends on the number 2. With $J$ nodes, the vectors are in $\mathbb{R}^J$, and the
# formulas stay the same.
#
# **From one data point to many.** We want the outputs for $n$ values of $x$ at once. By convention, each value gets a
# **row**, so $\mathbf{h}$ becomes a matrix $H$ with $n$ rows, one for each value, and $J$ columns, one for each node:
#
# $$H = \begin{pmatrix}
# \sigma(w_{1,1} x_1 + b_{1,1}) & \cdots & \sigma(w_{1,J} x_1 + b_{1,J}) \\
# \vdots & & \vdots \\
# \sigma(w_{1,1} x_n + b_{1,1}) & \cdots & \sigma(w_{1,J} x_n + b_{1,J})
# \end{pmatrix}$$

# %% [markdown] exercise="hidden_layer" minutes=8
# ### Exercise: a layer of neurons
#
# A layer between the input and the output of a network is called a **hidden layer**. Write a function
# `hidden_layer(x, w, b)` that returns the outputs of all its nodes for all inputs: the matrix $H$ above.
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
# Every input has to be multiplied by every weight. If `x` is a *column* and `w` is a *row*, NumPy's broadcasting forms
# all these products. (A loop over the nodes that fills one column after another is fine too.)
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `x[:, np.newaxis]` has shape `(n, 1)`. Multiplied by `w` of shape `(J,)`, it gives shape `(n, J)`. Adding `b` of shape
# `(J,)` adds its element $j$ to column $j$. `sigmoid` keeps the shape.
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
# You already have the matrix of all node outputs. Each of its rows is an $\mathbf{h}$, and each row has to be turned
# into one number. No activation follows: the output is linear in $\mathbf{h}$.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `@` between a matrix of shape `(n, J)` and a vector of shape `(J,)` takes the dot product of each row with the vector,
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
# Your functions make it easy to try things. Here are the two tries of Part 3 again, this time computed with `network`:

# %% id="tries_again" locked=true demo=true check=true
for w_try, b_try in [([1.0, 1.0], 0.0), ([-1.5, -1.5], 1.5)]:
    y_out = np.ravel(network(x, w_1, b_1, np.array(w_try), b_try))
    print(f"w_out = {w_try}, b_out = {b_try}: MSE {np.mean((y_out - f) ** 2):.3f}")

# %% [markdown]
# Move the sliders and watch what each of them does to the curve and to the MSE in the title. The hidden layer stays as
# it is. (If you see no sliders, the notebook is shown without a running kernel or without `ipywidgets`, and the plot
# shows the first try.)


# %% id="sliders" locked=true demo=true
def draw_network(w_out_1, w_out_2, b_out):
    """Draw w_out_1 h_1 + w_out_2 h_2 + b_out beside the target, with its MSE; returns the figure."""
    y_out = w_out_1 * h_1 + w_out_2 * h_2 + b_out
    fig, ax = plt.subplots(figsize=(9, 4.8))
    plot_curves(x, {"target: $f(x)$": f, "network": y_out}, title=f"MSE = {np.mean((y_out - f) ** 2):.4f}", ax=ax)
    ax.set_ylim(-2.0, 3.0)
    return fig


explore(draw_network, w_out_1=(-3.0, 3.0, 1.0), w_out_2=(-3.0, 3.0, 1.0), b_out=(-3.0, 3.0, 0.0))

# %% [markdown] exercise="output_weights" minutes=8
# ### Exercise: choose the output weights
#
# For the hidden layer with $\mathbf{w}_1 = (3.5, -3.5)$ and $\mathbf{b}_1 = (3.5, 3.5)$, choose output weights and an
# output bias that bring the network close to the Gaussian on the 500 points from $-5$ to $5$.
#
# | | name | what it is |
# |---|---|---|
# | result | `w_out` | the two output weights, shape `(2,)` |
# | result | `b_out` | the output bias, a number |
#
# An MSE of at most 0.005 earns all 3 points, an MSE of at most 0.05 half of them. Compute the MSE with your `network`
# before you run the check.
#
# Time: about 8 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Start from the try that is not upside down. What is the difference between its output and the target at the left end,
# in the middle, and at the right end? Which of the three numbers changes the output by the same amount everywhere?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Far to the left, $h_1 \approx 0$ and $h_2 \approx 1$; far to the right, it is the other way round; in the middle, both
# are nearly 1. So the output is about $w_{\text{out},2} + b_{\text{out}}$ on the left,
# $w_{\text{out},1} + b_{\text{out}}$ on the right, and $w_{\text{out},1} + w_{\text{out},2} + b_{\text{out}}$ in the
# middle. Set these equal to the target at the three places.
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
# Here is your curve together with the target:

# %% id="plot_your_network" locked=true demo=true
y_yours = np.ravel(network(x, w_1, b_1, np.ravel(w_out), float(np.ravel(b_out)[0])))
plot_curves(
    x,
    {"target: $f(x)$": f, "your network": y_yours},
    title=f"Two neurons, your output weights: MSE = {np.mean((y_yours - f) ** 2):.4f}",
)

# %% [markdown]
# What is the smallest MSE that *any* output weights can reach with these two hidden nodes? The output is a linear
# combination of three curves: $h_1$, $h_2$ and the constant 1. So this is a question of linear algebra: how much of the
# target lies outside the space spanned by these three curves? And what if the hidden layer may change as well? The last
# line uses seven numbers that were all fitted to the target.

# %% id="limits_of_two_nodes" locked=true demo=true check=true
basis, _ = np.linalg.qr(np.column_stack([h_1, h_2, np.ones(500)]))
out_of_reach = f - basis @ (basis.T @ f)
print(f"best constant:                                  MSE {np.var(f):.6f}")
print(f"these two hidden nodes, best output weights:    MSE {np.mean(out_of_reach**2):.6f}")

y_fitted = np.ravel(network(x, np.array([2.916, -2.916]), np.array([2.0, 2.0]), np.array([1.308, 1.308]), -1.31))
print(f"two hidden nodes, all seven numbers fitted:     MSE {np.mean((y_fitted - f) ** 2):.6f}")

# %% [markdown]
# With its hidden layer as it is, the network cannot get below an MSE of 0.0017. If the hidden layer may change too, two
# neurons reach 0.00001, and no eye can tell the network from the target. So option 3 of Part 3, other weights and
# biases, was indeed enough. In Lab 1, one neuron was no better than a constant; two neurons, with well-chosen weights,
# draw the bump. (It takes both of them: a single neuron, even with an output weight and an output bias that stretch and
# shift its curve, still only rises or only falls.)
#
# But who wants to choose seven numbers by hand, or a million? In Lab 3, the network learns them.

# %% [markdown] exercise="observe_two_neurons" minutes=6
# ### Exercise: what do you observe?
#
# Answer in your own words, in five or six sentences:
#
# 1. How can two neurons that each switch only once make a bump together? What does each of them contribute?
# 2. Why was the first try of Part 3 so far from the target, and why was the second try upside down?
# 3. What would a *third* neuron in the hidden layer add: what could the network draw then that it cannot draw now?
#
# Time: about 6 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# Go along the horizontal axis from left to right and say, for each stretch, which neurons are on and what the output
# is.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Use $\sigma(-z) = 1 - \sigma(z)$ to write the second neuron as $h_2 = 1 - \sigma(3.5x - 3.5)$: one minus a neuron that
# switches *on* at $x = 1$. What is $h_1 + h_2$ then? For question 3, suppose that all the neurons switch equally
# sharply: how often can a sum of two of them change direction, and how often a sum of three?
#
# </details>

# %% [markdown] written="observe_two_neurons" points=1
# *Write your answer here.*

# %% [markdown]
# ## Key points
#
# - Neurons side by side form a layer, $\mathbf{h} = \sigma(\mathbf{w}_1 x + \mathbf{b}_1)$: each has its own weight and
#   its own bias.
# - A linear output layer combines them, $y_{\text{out}} = \mathbf{w}_{\text{out}} \cdot \mathbf{h} + b_{\text{out}}$.
#   It scales the curves, flips them, adds them up, and shifts the sum.
# - For $n$ inputs and $J$ nodes, the outputs of the hidden layer form a matrix of shape `(n, J)`.
# - One neuron cannot draw a bump, two can. More neurons can draw more complicated curves.
# - A curve can have the right shape and still a large error: look at the plot *and* at the MSE.
#
# **Further reading:** M. Nielsen, [*Neural Networks and Deep
# Learning*](http://neuralnetworksanddeeplearning.com/chap4.html), chapter 4, builds bumps from pairs of neurons, just
# as you did, and approximates any continuous function by many bumps.

# %% id="summary" locked=true demo=true
# Your results so far. Run this cell last, or run the whole notebook.
import check

check.summary("02_two_neurons")
