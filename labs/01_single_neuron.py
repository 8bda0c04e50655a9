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
# # Lab 1: A single neuron
#
# A neural network is made of many copies of one simple unit: the **neuron**, also called a **node** or a **perceptron**
# (some books reserve *perceptron* for a neuron whose output jumps from 0 to 1). In this lab you build a single neuron,
# study what it can do, and find out what it cannot.
#
# **After this lab you can**
#
# - write the two steps of a neuron, the *affine transformation* and the *activation*, as functions;
# - explain what the weight and the bias do to the output of the neuron, and compute the input at which it switches;
# - measure how well an output fits a target, and explain why a single neuron cannot produce a bump.
#
# **What you need to know:** Python functions, NumPy arrays (`np.exp`, `np.linspace`), plotting with Matplotlib, limits,
# and the chain rule for derivatives.
#
# **Time:** about 60 minutes.
#
# **How to work.** Run the cells from top to bottom. An exercise consists of a task, a cell with `# your code here` for
# your answer, and a cell that checks it. Use the names that the task asks for. Run the check after your answer: it
# shows what is right (✓) and what is not right yet (✗), says what to look at first, and counts your points. Grading
# runs further tests, with other inputs. If you are stuck, open the first hint and think again before you open the
# second. Where a cell says *Write your answer here*, double-click it, replace the text with your own, and run the cell.
# All other cells are demonstrations: run them and look at their output. You need not understand their code.
#
# All symbols, names and shapes of all labs are on [one page](notation.html) that you can print.
#
# Before you hand in a lab, choose *Kernel > Restart Kernel and Run All Cells* once to make sure that it still works
# from top to bottom: the last cell sums up what is right and what is not right yet. The button **Validate** above the
# notebook runs all checks again and names the exercises that do not pass.
#
# <small>Based on material of [Harvard's CS109A, 2018](https://github.com/Harvard-IACS/2018-CS109A/).</small>

# %% id="setup" locked=true
# Run this cell first.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

try:
    import check
    from given import explore, gaussian, plot_curves
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

# %% [markdown]
# ## Part 1: One node
#
# The simplest network has a single node. It combines its input $x$ with a few numbers of its own into an intermediate
# value $z$ and applies a function $\sigma$ to it. The result is the output of the network, $y_{\text{out}}$.
#
# ![A single node: the input x enters a circle in which z is computed and then sigma of z, and the output y_out leaves it.](figures/one_node.svg)
#
# The circle stands for two steps. Here they are, one at a time:
#
# ![The same node expanded: inside a dotted box labelled layer, the input x is multiplied by the weight w and the bias b is added, which gives z; the activation function turns z into h equal to sigma of z. Outside the box the output y_out equals h.](figures/expanded_node.svg)
#
# 1. The **affine transformation** $z = wx + b$. The number $w$ is the **weight**, the number $b$ is the **bias**.
# 2. The **activation** $h = \sigma(z)$. The function $\sigma$ is the **activation function**.
#
# Together, the two steps form one **layer** of the network: the dotted box. Our network has a single layer with a
# single node, so the output of the node is also the output of the network: $y_{\text{out}} = h = \sigma(wx + b)$.
#
# Before we can use this network, we have to make two choices:
#
# 1. *Which activation function?* We choose one in Part 2.
# 2. *Which weight and which bias?* In this lab and the next, you set them by hand. In Lab 3, the network learns them.

# %% [markdown]
# ## Part 2: The activation function
#
# We choose the **sigmoid**
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# Strictly speaking, *sigmoid* means "S-shaped" and is the name of a whole family of functions. This member of the
# family is the **logistic function**, which is so common that people simply call it "the sigmoid". You will meet a
# second member, the hyperbolic tangent $\tanh$, in a moment.

# %% [markdown] exercise="sigmoid" minutes=5
# ### Exercise: the sigmoid
#
# Write a function `sigmoid(z)` that returns $\sigma(z) = \dfrac{1}{1 + e^{-z}}$.
#
# | | name | what it is |
# |---|---|---|
# | argument | `z` | a number, or a NumPy array of any shape |
# | result | | a number for a number; for an array, an array of the same shape with $\sigma$ of each element |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# NumPy's functions and the operators `+ - * /` work on a number and, element by element, on an array. A formula written
# with nothing else, without `if` and without a loop, covers both cases.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $e^{-z}$ is `np.exp(-z)`. Put brackets around the denominator, and do not forget to `return` the result.
#
# </details>

# %% answer="sigmoid"
from solutions.sigmoid import sigmoid


# %% test="sigmoid" points=2 shape=true
import check

check.sigmoid(sigmoid)

# %% [markdown] exercise="sigmoid_limits" minutes=3
# ### Exercise: the limits of the sigmoid
#
# What are the two limits
#
# $$\lim_{z \to \infty} \sigma(z) \qquad\text{and}\qquad \lim_{z \to -\infty} \sigma(z)\ ?$$
#
# Store them in the variables `limit_plus_infinity` and `limit_minus_infinity`.
#
# | | name | what it is |
# |---|---|---|
# | result | `limit_plus_infinity` | a number: the limit for $z \to \infty$ |
# | result | `limit_minus_infinity` | a number: the limit for $z \to -\infty$ |
#
# Time: about 3 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Work from the inside out. What happens to $-z$, then to $e^{-z}$, and finally to the fraction?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# For $z \to \infty$, the term $e^{-z}$ vanishes; for $z \to -\infty$, it grows without bound. What is
# $\frac{1}{1 + e^{-z}}$ in each case? Compare your answers with `sigmoid(30.0)` and `sigmoid(-30.0)`, which are not the
# limits, but very close to them.
#
# </details>

# %% answer="sigmoid_limits"
from solutions.sigmoid_limits import limit_minus_infinity, limit_plus_infinity


# %% test="sigmoid_limits" points=1
import check

check.sigmoid_limits(limit_plus_infinity, limit_minus_infinity)

# %% [markdown]
# **A closer look: very large numbers.** The formula is correct, but floating-point numbers have a largest value. For
# $z = -1000$, the term $e^{-z} = e^{1000}$ exceeds it. NumPy warns of an *overflow* and uses `inf` (infinity) instead.
# This does no harm here, since 1 divided by infinity is 0. If you want to avoid the warning, use
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}$$
#
# and take the left form where $z \ge 0$ and the right form where $z < 0$. Both then need only $e^{-|z|}$, which can
# become very small, but never large. So compute `np.exp(-np.abs(z))` once and use it in both forms, because `np.where`
# chooses between two arrays that have both been computed already. (You get full marks with or without this.)

# %% id="overflow" locked=true demo=true check=true
with np.errstate(over="ignore"):
    print("exp(1000)  =", np.exp(1000.0))
print("exp(-1000) =", np.exp(-1000.0))
print(f"np.exp overflows for numbers above {np.log(np.finfo(float).max):.1f}")

# %% [markdown] exercise="plot_sig" minutes=10
# ### Exercise: plot the sigmoid and the tanh
#
# Make 500 equally spaced points from $-5$ to $5$, both ends included, and draw two curves over them: the sigmoid (with
# your function) and the hyperbolic tangent (with `np.tanh`). Call the points `x`: they will be the inputs in Part 3.
# Draw the curves in the same axes or side by side, as you like. If they are side by side,
# `plt.subplots(1, 2, sharey=True)` gives both the same vertical scale, which makes them easier to compare.
#
# | | name | what it is |
# |---|---|---|
# | result | `x` | the points, shape `(500,)` |
# | result | `fig` | the Matplotlib figure with both curves |
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# `np.linspace` makes equally spaced points. `fig, ax = plt.subplots()` gives you a figure and the axes in it; with
# `fig, (left, right) = plt.subplots(1, 2)` there are two axes side by side.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `np.linspace(start, stop, number)` has shape `(number,)`. Draw a curve with `ax.plot(x, ...)`. If you work with
# `plt.plot`, write `fig = plt.figure()` before it. The test does not require a legend, but your readers do: write
# `label="..."` in each call of `plot`, and `ax.legend()` after them.
#
# </details>

# %% answer="plot_sig"
from solutions.plot_sig import fig, x


# %% test="plot_sig" points=2 many_right=true
import check

check.plot_sig(x, fig)

# %% [markdown] exercise="observe_activations" minutes=5
# ### Exercise: what do you observe?
#
# Compare your two curves. In three or four sentences: what do the sigmoid and the tanh have in common, and how do they
# differ? Mention their ranges, their values at $z = 0$, and how steep they are there.
#
# Time: about 5 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# For each curve, read off three things: where it comes from on the left, where it crosses the vertical axis, and where
# it goes on the right.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Compare the slopes at 0 with numbers: `(sigmoid(0.01) - sigmoid(-0.01)) / 0.02`, and the same with `np.tanh`. If you
# like formulas, show that $\tanh(z) = 2\,\sigma(2z) - 1$.
#
# </details>

# %% [markdown] written="observe_activations" points=1
# *Write your answer here.*

# %% [markdown]
# ## Part 3: Something to approximate
#
# The purpose of our network is to approximate, or *learn*, a function $f(x)$. To see clearly what happens, we choose a
# function that we know, a Gaussian:
#
# $$f(x) = e^{-x^2}$$
#
# It is given to you as `gaussian`. We evaluate it at the points `x` that you made.
#
# A word on `x`: in the code it is an array of 500 numbers, but think of it as a *single* input. The network gets one
# number and returns one number, and we evaluate it at 500 points.

# %% id="plot_target" locked=true demo=true
f = gaussian(x)
plot_curves(x, {"target: $f(x) = e^{-x^2}$": f}, title="The function to approximate", ylabel="$f(x)$")

# %% [markdown]
# **How good is an approximation?** We measure it with the **mean squared error**, or MSE: the average, over the
# $n = 500$ points, of the squared difference between the output $y_{\text{out},i}$ at the point $x_i$ and the target
# there, $y_i = f(x_i)$:
#
# $$\text{MSE} = \frac{1}{n} \sum_{i=1}^{n} \bigl(y_{\text{out},i} - y_i\bigr)^2 .$$
#
# The smaller the MSE, the better, and 0 is perfect. But is an MSE of 0.1 small? To answer that, we need something to
# compare it with. The simplest "network" of all ignores its input and always gives the same answer. The best such
# constant is the mean of the target, and its MSE is the variance of the target. This is our **baseline**:

# %% id="best_constant" locked=true demo=true check=true
best_constant = np.mean(f)
mse_constant = np.mean((best_constant - f) ** 2)
print(f"best constant answer: {best_constant:.4f}")
print(f"its MSE:              {mse_constant:.5f}")
print(f"variance of f:        {np.var(f):.5f}")

# %% [markdown]
# A neuron that uses its input should be able to do better than 0.0938. We will see.

# %% [markdown]
# ## Part 4: Build the node
#
# Now turn the expanded diagram of Part 1 into code, with one function for each step.

# %% [markdown] exercise="affine" minutes=3
# ### Exercise: the affine transformation
#
# Write a function `affine(x, w, b)` that returns $z = wx + b$.
#
# | | name | what it is |
# |---|---|---|
# | argument | `x` | the inputs, an array of shape `(n,)` |
# | argument | `w` | the weight, a number |
# | argument | `b` | the bias, a number |
# | result | | $z = wx + b$ for each input, shape `(n,)` |
#
# Time: about 3 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# The weight scales the input, and the bias shifts the result. NumPy multiplies an array by a number element by element.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# One line is enough: multiply the inputs by the weight, add the bias, return the result. Do not change `x` itself
# (`x *= w` would spoil it for every cell below): make a new array.
#
# </details>

# %% answer="affine"
from solutions.affine import affine


# %% test="affine" points=2
import check

check.affine(affine)

# %% [markdown] exercise="perceptron" minutes=3
# ### Exercise: the perceptron
#
# Write a function `perceptron(x, w, b)` that returns the output of the whole node, $h = \sigma(wx + b)$.
#
# | | name | what it is |
# |---|---|---|
# | argument | `x` | the inputs, an array of shape `(n,)` |
# | argument | `w` | the weight, a number |
# | argument | `b` | the bias, a number |
# | result | | $h = \sigma(wx + b)$ for each input, shape `(n,)` |
#
# Time: about 3 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# You have already written both steps. Follow the arrows of the expanded diagram: what goes into which function?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# What `affine(x, w, b)` returns is the argument of `sigmoid`.
#
# </details>

# %% answer="perceptron"
from solutions.perceptron import perceptron


# %% test="perceptron" points=2
import check

check.perceptron(perceptron)

# %% [markdown]
# ### Your node at work
#
# We try two settings, $(w, b) = (-4.5,\ 4)$ and $(w, b) = (-2.5,\ 1)$, and compare the output with the target.

# %% id="two_settings" locked=true demo=true
plot_curves(
    x,
    {
        "target: $f(x)$": f,
        "neuron: $w = -4.5$, $b = 4$": perceptron(x, -4.5, 4.0),
        "neuron: $w = -2.5$, $b = 1$": perceptron(x, -2.5, 1.0),
    },
    title="A single neuron beside its target",
)

# %% [markdown]
# Far to the left, the neuron is **on** (its output is close to 1); far to the right, it is **off** (close to 0); in
# between, it goes from one to the other. That is all it does: it switches once. The target, however, rises *and* falls.
# The output resembles it only to the right of 0, where the target falls; to the left of 0, they have nothing in common.
#
# ### Where and how fast it switches
#
# The sigmoid is halfway between off and on where its argument is 0: $\sigma(0) = \frac12$. The input $x$ at which this
# happens is called the **activation point** of the neuron, and we say that the neuron is *activated* where its output
# is above $\frac12$.

# %% [markdown] exercise="activation_point" minutes=5
# ### Exercise: the activation point
#
# Write a function `activation_point(w, b)` that returns the input $x$ at which the output of the neuron is exactly
# $\frac12$. Assume that $w \ne 0$. (With $w = 0$ the output is the same for every $x$, so there is no such point,
# unless $b = 0$ too: then *every* $x$ is one.)
#
# | | name | what it is |
# |---|---|---|
# | argument | `w` | the weight, a number other than 0 |
# | argument | `b` | the bias, a number |
# | result | | the $x$ for which $\sigma(wx + b) = \frac12$, a number |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# $\sigma(z) = \frac12$ holds for a single value of $z$. Which one? Then ask which $x$ gives this $z$.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $\frac{1}{1 + e^{-z}} = \frac12$ means $e^{-z} = 1$, so $z = 0$. Solve $wx + b = 0$ for $x$.
#
# </details>

# %% answer="activation_point"
from solutions.activation_point import activation_point


# %% test="activation_point" points=1
import check

check.activation_point(activation_point)

# %% [markdown]
# Your function tells *where* the neuron switches. *How sharply* it switches depends on the weight: by the chain rule,
# the slope of $\sigma(wx + b)$ is $w\,\sigma'(wx + b)$, and $\sigma'(0) = \frac14$ (you will show this in Lab 3), so
# **the slope at the activation point is $\frac{w}{4}$**. A weight far from 0 makes the switch sharp, a weight close to
# 0 makes it gradual, and a negative weight switches from on to off.
#
# The table compares $\frac{w}{4}$ with slopes measured on your perceptron (the change of the output over a short
# distance around the activation point). The first two rows are the settings above; the other three come next.

# %% id="slopes" locked=true demo=true check=true
rows = []
for w, b in [(-4.5, 4.0), (-2.5, 1.0), (-5.0, 0.0), (0.1, -1.0), (5.0, 1.0)]:
    point = activation_point(w, b)
    before, after = np.ravel(perceptron(np.array([point - 1e-4, point + 1e-4]), w, b))
    rows.append({"w": w, "b": b, "activation point": point, "measured slope": (after - before) / 2e-4, "w / 4": w / 4})
print(pd.DataFrame(rows).round(3).to_string(index=False))

# %% [markdown]
# ### An important observation
#
# You computed the output of the node as the `sigmoid` of what `affine` returns: a function of a function. This is no
# coincidence. It is a **composition of functions**, and so is every neural network, however large. A network with three
# layers, for instance, is
#
# $$\varphi_3\bigl(\varphi_2(\varphi_1(x))\bigr),$$
#
# where each $\varphi_k$ is a layer: an affine transformation, usually followed by an activation. (The last layer often
# has no activation. In Labs 2 and 3, the output of the network is affine in the outputs of its hidden neurons.) A
# network approximates a complicated function by composing simple ones.
#
# The activations between the affine transformations are essential. Without them, more layers would not help, because an
# affine function of an affine function is affine again: with numbers $a$ and $c$ in a second layer,
# $a\,(wx + b) + c = (aw)\,x + (ab + c)$. However many layers we composed, the output would be a straight line.
#
# ### Other weights, other biases
#
# What happens if we change the weight and the bias? Think about it before you run the cell, and use your two results:
# where is each of these three neurons activated, and how steep is it there?

# %% id="three_settings" locked=true demo=true
nodes = [(-5.0, 0.0), (0.1, -1.0), (5.0, 1.0)]
plot_curves(
    x,
    {"target: $f(x)$": f} | {f"neuron: $w = {w}$, $b = {b}$": perceptron(x, w, b) for w, b in nodes},
    title="Three single neurons",
)

# %% [markdown]
# The first neuron switches off, sharply, at $x = 0$. The last one has a weight of the opposite sign and switches *on*,
# at $x = -0.2$. The one in the middle looks like a straight line, but it is a sigmoid too: its weight of 0.1 stretches
# it so much that its activation point, $x = 10$, lies outside the plot, and you see only a piece of its left half.
#
# ### Try it yourself
#
# Move the sliders and watch the MSE in the title. Can you get below the baseline of Part 3, 0.0938? (If you see no
# sliders, the notebook is shown without a running kernel or without `ipywidgets`, and the plot shows the start values.)


# %% id="sliders" locked=true demo=true
def draw_neuron(w, b):
    """Draw the neuron with weight w and bias b beside the target, with its MSE; returns the figure."""
    h = perceptron(x, w, b)
    fig, ax = plt.subplots(figsize=(9, 4.8))
    title = f"$w = {w:.1f}$, $b = {b:.1f}$:  MSE = {np.mean((h - f) ** 2):.4f}"
    plot_curves(x, {"target: $f(x)$": f, "single neuron": h}, title=title, ax=ax)
    ax.set_ylim(-0.05, 1.05)
    return fig


explore(draw_neuron, w=(-10.0, 10.0, -2.5), b=(-10.0, 10.0, 1.0))

# %% [markdown]
# ### Is there any good choice?
#
# We do not have to rely on luck with the sliders. The next cell tries all pairs of a weight and a bias from $-5$ to $5$
# in steps of one half and prints the best pair next to the settings that we have seen.

# %% id="search" locked=true demo=true check=true
values = np.arange(-5.0, 5.5, 0.5)
tried = [(np.mean((perceptron(x, w, b) - f) ** 2), w, b) for w in values for b in values]
mse_best, w_best, b_best = min(tried)
for w, b in [(-4.5, 4.0), (-2.5, 1.0), *nodes]:
    print(f"w = {w:4.1f}, b = {b:4.1f}: MSE {np.mean((perceptron(x, w, b) - f) ** 2):.5f}")
print(f"best constant answer: MSE {mse_constant:.5f}")
print(f"best of {len(tried)} pairs:    MSE {mse_best:.5f} with w = {w_best:.1f}, b = {b_best:.1f}")
print(f"answer of this best pair, for every x: {sigmoid(b_best):.4f}")

# %% [markdown]
# All the settings that we chose by hand are worse than the best constant answer, most of them about four times as bad.
# And none of the 441 pairs beats it. The best pair has the weight **0**: this neuron ignores its input and always
# answers $\sigma(-1.5) \approx 0.18$, as close to the best constant, 0.1769, as this grid allows. Every pair that does
# use the input is worse: what the neuron gains on one side of the bump, it more than loses on the other.
#
# Two things stand in its way. First, whatever $w$ and $b$ are, the output is a stretched, shifted or mirrored logistic
# function. It only rises or only falls, whereas the target does both. Second, the output runs all the way between 0 and
# 1: it cannot level off at any other height. Lab 2 removes both obstacles.

# %% [markdown] exercise="observe_weights" minutes=5
# ### Exercise: what do w and b do?
#
# Describe in your own words, in four or five sentences: what does the weight $w$ do to the curve (consider its size
# *and* its sign)? What does the bias $b$ do? And why can no choice of $w$ and $b$ turn the output of this one neuron
# into the Gaussian?
#
# Time: about 5 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# Move one slider at a time. Watch two things: where the curve passes through the height $\frac12$, and how steep it is
# there.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# The activation point is where $wx + b = 0$, and the slope there is $w/4$. Careful: which of the two numbers $w$ and
# $b$ move the activation point? For the last question, compare how often each of the two curves changes between rising
# and falling.
#
# </details>

# %% [markdown] written="observe_weights" points=1
# *Write your answer here.*

# %% [markdown]
# ## Key points
#
# - A neuron computes an affine transformation, $z = wx + b$, and then an activation, $h = \sigma(z)$.
# - The sigmoid maps every number to a number between 0 and 1, so the neuron is a soft switch. It switches where
#   $wx + b = 0$ (for $w \ne 0$), with slope $w/4$. The sign of $w$ decides whether it switches on or off.
# - A network is a composition of functions. Without activations between them, affine layers would compose to a single
#   affine function.
# - The output of one neuron only rises or only falls, so it cannot be a bump. Of the 441 neurons that we tried, none
#   had a smaller MSE than the best constant.
#
# One switch is not enough. In Lab 2, you combine two.
#
# **Further reading:** M. Nielsen, [*Neural Networks and Deep Learning*](http://neuralnetworksanddeeplearning.com/):
# chapter 1 on sigmoid neurons, and chapter 4, a visual proof that many such switches together can approximate any
# continuous function.

# %% id="summary" locked=true demo=true
# Your results so far. Run this cell last, or run the whole notebook.
import check

check.summary("01_single_neuron")
