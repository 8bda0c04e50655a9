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
# # Lab 4: Classification
#
# So far, the task was to fit a curve. Now it is to decide: does a given point in the plane belong to class 0 or to
# class 1? A single neuron can do this, and the sigmoid, which was only convenient before, is now exactly the right
# choice: its output between 0 and 1 can be read as a probability.
#
# **After this lab you can**
#
# - read the output of a neuron as the probability of a class, and draw its decision boundary;
# - explain where the cross-entropy comes from, derive its gradient, and check it;
# - train a classifier in mini-batches, choose the number of epochs with a validation set, and judge the result on
#   points that were used for neither.
#
# **What you need to know:** Lab 3 or its contents: the forward pass, the chain rule, gradient descent with a learning
# rate. From NumPy: arrays of shape `(n, 2)`, `@`, comparisons such as `p > 0.5`. Logarithms.
#
# **Time:** about 80 minutes.
#
# The set-up gives you `sigmoid`. The [notation sheet](notation.html) lists all symbols, names and shapes.

# %% id="setup" locked=true
# Run this cell first. It holds the libraries and what Lab 1 made; no need to read it now.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from sklearn.datasets import make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

try:
    import check
    from given import compare_gradients, plot_boundary, plot_curves, plot_history, scatter_by_class
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

from solutions.sigmoid import sigmoid

# %% [markdown]
# ## The data
#
# We let scikit-learn draw 500 points around two centres. Each point has two coordinates, and `y` tells around which of
# the centres it was drawn: this is its class.

# %% id="data" locked=true check=true
X, y = make_blobs(n_samples=500, centers=2, n_features=2, random_state=0)

print("X:", X.shape, "  y:", y.shape, "  points of each class:", np.bincount(y))
print(pd.DataFrame({"x_1": X[:3, 0], "x_2": X[:3, 1], "class": y[:3]}).round(2))

# %% id="plot_data" locked=true demo=true
scatter_by_class(X, y, "500 points in two classes")
# %% [markdown]
# The two clouds of points overlap. Where would you draw a line between them? Wherever you draw it, some points will be
# on the wrong side.
#
# Before anything else, we put 100 points aside: the **test set**. The neuron learns from the other 400, the **training
# set**. The test set has one purpose only: to tell how good the trained neuron is on points that it has never seen. A
# classifier that is judged by the points that it has learned from may simply have learned them by heart.

# %% id="split" locked=true check=true
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

print("training set:", X_train.shape, "  test set:", X_test.shape)

# %% [markdown]
# ## The neuron
#
# A neuron with two inputs has two weights, one for each input, and one bias:
#
# ![A neuron with two inputs: x_1 and x_2 enter it with the weights w_1,1 and w_1,2, and the bias b_1 is added. The neuron computes z = w_1,1 x_1 + w_1,2 x_2 + b_1 and then sigma of z, which leaves it as p, the probability of class 1.](figures/two_inputs.svg)
#
# $$z = w_{1,1}\, x_1 + w_{1,2}\, x_2 + b_1 = \mathbf{w}_1 \cdot \mathbf{x} + b_1, \qquad p = h = \sigma(z)$$
#
# We read the output $p$ as the **probability that the point belongs to class 1**. The probability of class 0 is then
# $1 - p$. In the code:
#
# | symbol | in the code | shape | what it is |
# |---|---|---|---|
# | $\mathbf{x}$ | a row of `X` | `(2,)` | a point; all $n$ points together are `X`, `(n, 2)` |
# | $y$ | an element of `y` | a number | its class, 0 or 1; all together `y`, `(n,)` |
# | $\mathbf{w}_1 = (w_{1,1}, w_{1,2})$ | `w_1` | `(2,)` | both weights: `w_1[0]` is $w_{1,1}$, `w_1[1]` is $w_{1,2}$ |
# | $b_1$ | `b_1` | `(1,)` | the bias of the neuron |
# | $z$, $p$ | `z`, `p` | `(n,)` each | one number for each point |
#
# As in Labs 2 and 3, the first index names the layer, here the first and only one. The second index counts the weights
# of the layer: there they belonged to different neurons, here they belong to the two inputs of one neuron.

# %% [markdown] exercise="predict_proba" minutes=5
# ### Exercise: the probability of class 1
#
# Write a function `predict_proba(X, w_1, b_1)` that returns $p = \sigma(\mathbf{w}_1 \cdot \mathbf{x} + b_1)$ for each
# point in `X`.
#
# | | name | what it is |
# |---|---|---|
# | argument | `X` | points, one in each row, shape `(n, 2)` |
# | argument | `w_1`, `b_1` | weights and bias, shapes `(2,)` and `(1,)` |
# | result | | the probability of class 1 for each point, shape `(n,)` |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# First compute $z$ for all points at once, then its sigmoid. You need the dot product of each row of `X` with `w_1`,
# and one operator computes all of them.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `X @ w_1`: the shapes `(n, 2)` and `(2,)` give `(n,)`; the 2 that they share is summed over. `b_1` of shape `(1,)` is
# added to each element.
#
# </details>

# %% answer="predict_proba"
from solutions.predict_proba import predict_proba


# %% test="predict_proba" points=2
import check

check.predict_proba(predict_proba)

# %% [markdown] exercise="accuracy" minutes=5
# ### Exercise: the accuracy
#
# The neuron decides for the more probable class: class 1 where $p > 0.5$, and class 0 otherwise (also where $p$ is
# exactly 0.5). Write a function `accuracy(y, p)` that returns the share of points for which this decision is right.
#
# | | name | what it is |
# |---|---|---|
# | argument | `y` | the classes, 0 or 1, shape `(n,)` |
# | argument | `p` | the probabilities of class 1, shape `(n,)` |
# | result | | a number between 0 and 1 |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Decide, compare, count. A comparison of arrays gives an array of `True` and `False`, and Python counts `True` as 1.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# `p > 0.5` is the decision. Compare it with `y` by `==`. The mean of the result is the share of `True`.
#
# </details>

# %% answer="accuracy"
from solutions.accuracy import accuracy


# %% test="accuracy" part="share" points=1
import check

check.accuracy(accuracy, part="share")

# %% [markdown]
# How good is the neuron before it has learned anything? We start with both weights 1 and bias 1.

# %% id="untrained" locked=true demo=true check=true
w_start, b_start = np.array([1.0, 1.0]), np.array([1.0])

p_test = np.ravel(predict_proba(X_test, w_start, b_start))
print("accuracy on the test set, untrained:", round(float(accuracy(y_test, p_test)), 4))
print("points that it assigns to class 1:", int(np.sum(p_test > 0.5)), "of", len(X_test))

# %% [markdown]
# An accuracy of 0.45 is no better than tossing a coin. The neuron assigns all 100 points to class 1, and 45 of them
# belong there. This is our baseline. From now on, the test set stays closed until the neuron is trained: nothing will
# be chosen by it.
#
# Why are all points assigned to the same class? Look at the **decision boundary**. The decision changes where
# $p = 0.5$, that is, where $z = 0$. And $w_{1,1}\, x_1 + w_{1,2}\, x_2 + b_1 = 0$ is the equation of a straight line.
# On one side of it the neuron decides for class 1, on the other side for class 0. Here is the line before training,
# with the points of the training set: all of them lie on the same side.

# %% id="plot_untrained" locked=true demo=true
plot_boundary(X_train, y_train, predict_proba, (w_start, b_start), "Training set, untrained neuron")

# %% [markdown]
# ## The loss: cross-entropy
#
# The accuracy tells how good the neuron is, but not how to improve it: if we nudge a weight a little, usually no
# decision changes at all. Gradient descent needs a loss that responds to the smallest nudge.
#
# ### From probabilities to a loss
#
# The neuron assigns a probability to each class: $p$ to class 1 and $1 - p$ to class 0. Let $q$ be the probability that
# it assigns to the class that a point *really* has: $q = p$ if $y = 1$, and $q = 1 - p$ if $y = 0$. The closer $q$ is
# to 1, the better. The points were drawn independently of each other, so the neuron assigns to all $n$ observed classes
# together the product
#
# $$q_1 \cdot q_2 \cdot \ldots \cdot q_n,$$
#
# which is called the **likelihood**. Good weights make the likelihood large. But a product of hundreds of probabilities
# is so small that floating-point numbers cannot represent it, and its derivative is unwieldy, because every factor
# appears in every term. The **logarithm** solves both problems, because it turns the product into a sum:
#
# $$\ln(q_1 \cdot q_2 \cdot \ldots \cdot q_n) = \ln q_1 + \ln q_2 + \ldots + \ln q_n$$
#
# Now each point has a term of its own, and the gradients of the terms simply add up. Nothing is lost: the logarithm is
# an increasing function, so the weights with the largest likelihood also have the largest log-likelihood. And since a
# loss should be *small* when all is well, we take its negative. One point then costs $L = -\ln q$:
#
# $$L = \begin{cases} -\ln p & \text{if } y = 1 \\ -\ln (1 - p) & \text{if } y = 0 \end{cases}$$
#
# or, in one line,
#
# $$L = -\,y \ln p - (1 - y) \ln (1 - p) .$$
#
# This is the **cross-entropy** ($\ln$ is the natural logarithm, `np.log`). Let us look at some numbers.


# %% id="cross_entropy" locked=true demo=true check=true
def cross_entropy(y, p):
    """Cross-entropy of classes y (n,) and probabilities p (n,), summed over the points."""
    p = np.clip(np.ravel(p), 1e-15, 1 - 1e-15)  # keeps the logarithm finite
    return float(-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)))


q = np.array([0.9, 0.8, 0.6])
print(f"three points: likelihood {np.prod(q):.3f}, minus its logarithm {-np.log(np.prod(q)):.3f}")
print("their costs: ", " + ".join(f"{-np.log(one):.3f}" for one in q), f"= {-np.sum(np.log(q)):.3f}")

p_train = np.ravel(predict_proba(X_train, w_start, b_start))
likelihood = np.prod(np.where(y_train == 1, p_train, 1 - p_train))
print(f"untrained, training set: likelihood {likelihood}, cross-entropy {cross_entropy(y_train, p_train):.1f}")
print(f"the cross-entropy by scikit-learn: {log_loss(y_train, p_train, normalize=False):.1f}")

print("\nprobability of the right class   cross-entropy   squared error")
for q in (0.99, 0.5, 0.1, 0.01, 0.001, 0.0001):
    print(f"{q:30}   {-np.log(q):13.2f}   {(1 - q) ** 2:13.2f}")

# %% [markdown]
# - **Sum instead of product.** Minus the logarithm of the product of three probabilities is the sum of their costs. For
#   the 400 training points, the product has become so small that the computer gives exactly 0; the sum of the costs is
#   an ordinary number.
# - **A confident mistake is expensive, without any upper bound.** To be confident and right costs almost nothing (0.01
#   for $q = 0.99$), and to be undecided costs $\ln 2 = 0.69$. But to be confident and *wrong* costs 4.61 for
#   $q = 0.01$, and another 2.30 each time $q$ gets ten times smaller. The squared error hardly tells these cases apart: it never exceeds 1.

# %% id="plot_cross_entropy" locked=true demo=true
p = np.linspace(0.01, 0.99, 200)
curves = {"the point has class 1": -np.log(p), "the point has class 0": -np.log(1 - p)}
plot_curves(p, curves, "What one point costs", xlabel="$p$, the probability of class 1", ylabel="loss")

# %% [markdown]
# ## The gradient
#
# The way back is short this time: $\mathbf{w}_1 \to z \to p \to L$. As in Lab 3, there is one factor for each arrow.
# For one point:
#
# **Step 1, from $L$ to $p$.** Differentiate the two logarithms (the derivative of $\ln p$ is $1/p$) and combine the two
# fractions:
#
# $$\frac{\partial L}{\partial p} = -\frac{y}{p} + \frac{1 - y}{1 - p} = \frac{-y\,(1 - p) + (1 - y)\,p}{p\,(1 - p)}
# = \frac{p - y}{p\,(1 - p)}$$
#
# **Step 2, through the sigmoid.** $p = \sigma(z)$, and the slope of the sigmoid is $\sigma(z)\,(1 - \sigma(z))$:
#
# $$\frac{\partial p}{\partial z} = p\,(1 - p)$$
#
# **Step 3, multiply.** The factor $p\,(1 - p)$, which is small where the sigmoid is flat, cancels:
#
# $$\frac{\partial L}{\partial z} = \frac{p - y}{p\,(1 - p)} \cdot p\,(1 - p) = p - y$$
#
# That is why the cross-entropy and the sigmoid go so well together. The signal that goes back is simply the difference
# between the probability and the class. A neuron that is confident and wrong gets the full signal, whereas with the
# squared error it would get almost none.
#
# **Step 4, from $z$ to the parameters.** $z = \mathbf{w}_1 \cdot \mathbf{x} + b_1$ is linear in them:
#
# $$\frac{\partial L}{\partial \mathbf{w}_1} = (p - y)\,\mathbf{x}, \qquad \frac{\partial L}{\partial b_1} = p - y$$
#
# For a **batch** of points, the losses add up, and so do their gradients.

# %% [markdown] exercise="gradients" minutes=10
# ### Exercise: the gradients of a batch
#
# Write a function `gradients(X, y, w_1, b_1)` that returns the gradients of the cross-entropy, **summed** over all
# points of the batch.
#
# | | name | what it is |
# |---|---|---|
# | argument | `X`, `y` | the points of the batch and their classes (0 or 1), shapes `(n, 2)` and `(n,)` |
# | argument | `w_1`, `b_1` | weights and bias, shapes `(2,)` and `(1,)` |
# | result | `dL_dw1` | gradient with respect to `w_1`, shape `(2,)` |
# | result | `dL_db1` | gradient with respect to `b_1`, a number or shape `(1,)` |
#
# Return both, in this order: `return dL_dw1, dL_db1`.
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# First compute $p - y$, one number for each point; your `predict_proba` does most of the work. Each point contributes
# this number to the gradient of the bias, and this number times its own coordinates to the gradient of the weights. Sum
# over the points, not over the coordinates.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# If `d` has shape `(n,)`, then `d @ X` has shape `(2,)`: it multiplies each row of `X` by its own element of `d` and
# adds up the rows. For the bias, `np.sum(d)` is enough. If your `d` has shape `(n, n)`, then `p` has shape `(n, 1)`:
# look at your `predict_proba`.
#
# </details>

# %% answer="gradients"
from solutions.gradients import gradients


# %% test="gradients" points=3
import check

check.gradients(gradients, predict_proba)

# %% [markdown]
# As in Lab 3, we check the formula by nudging, here with the first ten points of the training set.

# %% id="gradient_check" locked=true demo=true check=true
compare_gradients(
    {"w_1": w_start, "b_1": b_start},
    lambda *parameters: cross_entropy(y_train[:10], predict_proba(X_train[:10], *parameters)),
    lambda *parameters: gradients(X_train[:10], y_train[:10], *parameters),
)

# %% [markdown]
# ## Mini-batches
#
# In Lab 3, each step used one point. We could also use all 400 points for each step, which gives a precise direction,
# but only one step for all that work. **Mini-batches** are a compromise: shuffle the points, divide them into small
# batches, and take one step for each batch. When every point has been used once, one **epoch** is over; then shuffle
# again.
#
# With 400 points and batches of 10, an epoch has 40 steps.

# %% [markdown] exercise="train_classifier" minutes=15
# ### Exercise: train the classifier
#
# Write a function `train_classifier(X, y, epochs, batch_size, lr, seed)`. Each time it is called, it starts from `w_1`
# = (1, 1) and `b_1` = (1). In each epoch, it shuffles the points (into a new order each time), goes through them in
# batches of `batch_size`, and takes one step of gradient descent with your `gradients` for each batch.
#
# | | name | what it is |
# |---|---|---|
# | argument | `X`, `y` | points and their classes, shapes `(n, 2)` and `(n,)`; they must stay as they are |
# | argument | `epochs`, `batch_size` | whole numbers: passes over all points, points for each step |
# | argument | `lr` | the learning rate, a number |
# | argument | `seed` | a whole number for your random generator: the same seed gives the same result |
# | result | `w_1`, `b_1` | the trained weights and bias, shapes `(2,)` and `(1,)` |
#
# If `batch_size` does not divide `n`, some points are left over at the end of an epoch. Take a last step with this
# smaller batch, or skip these points until the next epoch: both are right.
#
# Time: about 15 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two loops: one over the epochs, and inside it one over the batches. A point and its class must stay together when you
# shuffle, so do not shuffle `X` and `y` themselves: shuffle the row numbers, and take the same rows of both.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `order = rng.permutation(n)` has shape `(n,)`. `rows = order[i : i + batch_size]` are the rows of one batch, for `i`
# in `range(0, n, batch_size)`. `X[rows]` has shape `(batch_size, 2)`, `y[rows]` has shape `(batch_size,)`. Create the
# generator once, before the loops, with `np.random.default_rng(seed)`.
#
# </details>

# %% answer="train_classifier"
from solutions.train_classifier import train_classifier


# %% test="train_classifier" points=3 many_right=true
import check

check.train_classifier(train_classifier)

# %% [markdown]
# ## How many epochs?
#
# If you train too briefly, the neuron has not learned all that it could. If you train too long, you waste time, and a
# larger network may begin to learn the training points by heart, which is called **overfitting**. The number of epochs
# is not learned: it is a setting that we have to choose, a **hyperparameter**.
#
# We choose it by looking at points that were not used for training. But these must not be the points of the test set.
# If we tried many settings and kept the one with the best test accuracy, this accuracy would be too optimistic: the
# test points would have helped to choose the neuron that they are meant to judge. So we need a third set. We split the
# 400 points of the training set once more: 80 of them become the **validation set**, and only the other 320 are used
# for training while we choose.

# %% id="convergence" locked=true demo=true check=true
X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, test_size=0.2, random_state=42)
print("for training:", X_fit.shape, "  for validation:", X_val.shape)


def measure(w_1, b_1):
    """Loss per point and accuracy of a neuron on the points for training and for validation."""
    p_fit, p_val = (np.ravel(predict_proba(points, w_1, b_1)) for points in (X_fit, X_val))
    losses = cross_entropy(y_fit, p_fit) / len(y_fit), cross_entropy(y_val, p_val) / len(y_val)
    return [*losses, float(accuracy(y_fit, p_fit)), float(accuracy(y_val, p_val))]


columns = ["training loss", "validation loss", "training accuracy", "validation accuracy"]
counts = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500]
rows = [measure(*train_classifier(X_fit, y_fit, epochs, 10, 0.01, 0)) for epochs in counts]
history = pd.DataFrame(rows, index=counts, columns=columns)

loss, late = history["validation loss"], history.loc[20:]
print("20 epochs bring over 0.95 of the fall of the validation loss:", loss[0] - loss[20] > 0.95 * np.ptp(loss))
print("from 100 to 500 epochs, the validation loss changes by less than 0.03:", np.ptp(loss.loc[100:]) < 0.03)
print("from 20 epochs on, the validation accuracy is at least 0.92:", late["validation accuracy"].min() > 0.919)
print("from 20 epochs on, the training accuracy changes by at most 0.03:", np.ptp(late["training accuracy"]) < 0.0301)

# %% id="plot_convergence" locked=true demo=true
plot_history(history)
history.round(4)

# %% [markdown]
# The first epoch does nearly all the work. After about 20 epochs, the accuracy on both sets has settled; after about
# 100, the validation loss hardly falls any more. This is where to stop: more epochs cost time and gain nothing. (The
# course that this lab follows trained for 10,000 epochs, which is a hundred times the work for the same accuracy.)
#
# Here the validation loss does not rise again, because a neuron with three parameters cannot learn 320 points by heart.
# For a large network, it often falls first and then rises, while the training loss goes on falling. Then you stop where
# the *validation* loss is lowest, which is called **early stopping**. Do not read too much into small differences: with
# 80 points, one point more or less changes the accuracy by more than 0.01.
#
# **Try other settings.** The sliders train afresh on the 320 points. On the left you see the decision boundary, on the
# right the loss up to the chosen number of epochs. What happens if the learning rate is far too small, or far too
# large?

# %% id="sliders" locked=true demo=true
from given import explore_epochs

explore_epochs(train_classifier, measure, predict_proba, X_fit, y_fit)

# %% [markdown]
# Once the number of epochs is chosen, the validation points have done their job, and the neuron can learn from them
# too: we train once more, on all 400 points of the training set. Only then do we open the test set, **once**.

# %% [markdown] exercise="test_accuracy" minutes=5
# ### Exercise: the accuracy on the test set
#
# Train the neuron on the **training set** (all 400 points) with batches of 10, lr = 0.01, and a number of epochs that
# you choose by the curves above (a few seconds of training are enough). Then compute its accuracy on the **test set**.
#
# | | name | what it is |
# |---|---|---|
# | result | `test_accuracy` | a number between 0 and 1; a trained neuron reaches at least 0.93 here |
# | result | `w_1`, `b_1` | the trained weights and bias, shapes `(2,)` and `(1,)`; the pictures below use them |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# You have all three functions that you need: one trains, one predicts, one compares. `X_train` goes into the first,
# `X_test` into the second.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `w_1, b_1 = train_classifier(...)` stores the two results under two names. `predict_proba(X_test, w_1, b_1)` has shape
# `(100,)`, like `y_test`, so `accuracy` can compare them.
#
# </details>

# %% answer="test_accuracy"
from solutions.test_accuracy import b_1, test_accuracy, w_1


# %% test="test_accuracy" points=2 many_right=true
import check

check.test_accuracy(test_accuracy, w_1, b_1, predict_proba, train_classifier)

# %% [markdown]
# ## What has it learned?
#
# The line has turned and now lies between the clouds. The pale strip, in which the neuron is undecided, is narrow; away
# from it, the neuron is confident.

# %% id="plot_trained" locked=true demo=true
title = f"Test set, trained neuron: accuracy {float(np.ravel(test_accuracy)[0]):.2f}"
plot_boundary(X_test, y_test, predict_proba, (w_1, b_1), title)

# %% [markdown]
# Is this as good as it gets? In statistics, a single sigmoid neuron trained with the cross-entropy is known as
# **logistic regression**. scikit-learn has one that is trained by another method, with a small penalty on large
# weights.

# %% id="compare" locked=true demo=true check=true
model = LogisticRegression().fit(X_train, y_train)
print("scikit-learn, test accuracy:", round(model.score(X_test, y_test), 4))

# %% [markdown]
# Its accuracy is 0.95, about the same as that of your neuron. The remaining errors are not a matter of training: the
# clouds overlap, and no straight line can separate them.
#
# **Why we compare decisions and not weights.** Two trained neurons that make the same decisions may have quite
# different weights, because the boundary depends only on the *ratios* of the weights and the bias. If all of them are
# doubled, the line stays the same, and only the probabilities get closer to 0 and 1. If a line can separate the classes
# completely, larger weights always lower the cross-entropy, so they grow without end. In our data, some points stay on
# the wrong side, and they keep the weights in check. Compare the two cases:

# %% id="growing_weights" locked=true demo=true check=true
X_narrow, y_narrow = make_blobs(n_samples=400, centers=2, cluster_std=0.4, random_state=0)  # clouds that do not touch

sizes = pd.DataFrame(index=pd.Index([20, 100, 500], name="epochs"))
for name, points, classes in (("our clouds", X_train, y_train), ("narrow clouds", X_narrow, y_narrow)):
    weights = [train_classifier(points, classes, epochs, 10, 0.1, 0)[0] for epochs in sizes.index]
    sizes[f"|w|, {name}"] = [float(np.linalg.norm(w)) for w in weights]
print(sizes.round(1))

# %% [markdown] exercise="observe_classifier" minutes=5
# ### Exercise: what do you observe?
#
# Look at the two plots of the boundary and at the curves over the epochs, and answer in four or five sentences: what
# shape does the boundary have, and why? Why do some points stay on the wrong side of it, and would more epochs help?
#
# Time: about 5 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# Find the points on the wrong side in the plot of the trained neuron. Which points surround them? Then find the epoch
# from which on the accuracy stays about the same.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# On the boundary, $p = \frac12$, so $z = 0$. Write out $z$ for $\mathbf{x} = (x_1, x_2)$ and solve for $x_2$.
#
# </details>

# %% [markdown] written="observe_classifier" points=1
# *Write your answer here.*

# %% [markdown]
# ## Key points
#
# - One sigmoid neuron is a **classifier**: its output is the probability of class 1, and its decision boundary is a
#   straight line.
# - The **cross-entropy** is minus the logarithm of the likelihood: a sum over the points, in which a confident mistake
#   costs without bound. Its gradient is as simple as can be: $(p - y)\,\mathbf{x}$.
# - **Mini-batches** are a compromise between one point and all points per step. An **epoch** is one pass over all
#   points.
# - Choose settings such as the number of epochs on a **validation set**, and judge the result **once**, on a **test
#   set** that was used for nothing else.
#
# Where a straight line is not enough, put a hidden layer in front of the neuron and send the gradient back through it
# as in Lab 3. That is what Lab 5 does. Large networks work in the same way: more layers, the same chain rule.

# %% id="summary" locked=true demo=true
# Your results so far. Run this cell last, or run the whole notebook.
import check

check.summary("04_classification")
