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
# So far the network had to hit a curve. Now it has to decide: given a point in the plane, does it belong to class 0 or
# to class 1? A single neuron can do that, and the sigmoid, which was only convenient before, is now exactly what is
# wanted: its output between 0 and 1 is a probability.
#
# **After this lab you can**
#
# - read the output of a neuron as the probability of a class, and draw the boundary between its decisions;
# - derive the gradient of the cross-entropy, and check it;
# - train a classifier in mini-batches, choose the number of epochs, and judge the result on points that it has never
#   seen.
#
# **What you need to know:** Lab 3, or what it is about: the forward pass, the chain rule, gradient descent with a
# learning rate. From NumPy: arrays of shape `(n, 2)`, `@`, comparisons such as `p > 0.5`. What a logarithm is.
# **Time:** about 75 minutes.
#
# The set-up gives you `sigmoid`.

# %% id="setup" locked=true
# Run this cell first. It holds the libraries and what Lab 1 made; no need to read it now.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap  # noqa: F401
from sklearn.datasets import make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

from solutions.sigmoid import sigmoid  # noqa: F401

# %% [markdown]
# ## The data
#
# We let scikit-learn draw 500 points around two centres. Each point has two coordinates, and `y` says around which
# centre it was drawn: that is its class.

# %% id="data" locked=true check=true
X, y = make_blobs(n_samples=500, centers=2, n_features=2, random_state=0)

print("X:", X.shape, "  y:", y.shape, "  points of each class:", np.bincount(y))
print(pd.DataFrame({"x_1": X[:3, 0], "x_2": X[:3, 1], "class": y[:3]}).round(2))

# %% id="plot_data" locked=true demo=true
try:
    import check
    from given import plot_boundary, plot_curves, plot_history, scatter_by_class
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

fig, ax = plt.subplots(figsize=(8, 6))
scatter_by_class(X, y, ax)
ax.set_title("500 points in two classes", fontsize=15)
plt.show()

# %% [markdown]
# The two clouds touch. Would you dare to draw a line between them? Some points will end up on its wrong side, wherever
# you draw it.
#
# Before anything else we put 100 points aside, the **test set**. The neuron will learn from the other 400, the
# **training set**. The 100 only serve to ask how well it does; it never learns from them. A classifier that is judged
# on the points it has learned from may simply have learned them by heart.

# %% id="split" locked=true check=true
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

print("training set:", X_train.shape, "  test set:", X_test.shape)

# %% [markdown]
# ## The neuron
#
# A neuron with two inputs has two weights, one for each input, and still one bias:
#
# ![A neuron with two inputs: x_1 and x_2 enter it with the weights w_1 and w_2, and the bias b is added. The neuron computes z = w_1 x_1 + w_2 x_2 + b and then sigma of z, which leaves it as p, the probability of class 1.](figures/two_inputs.svg)
#
# $$z = w_1 x_1 + w_2 x_2 + b = \mathbf{w} \cdot \mathbf{x} + b, \qquad p = h = \sigma(z)$$
#
# We read the output $p$ as the **probability that the point belongs to class 1**. The probability of class 0 is what
# remains, $1 - p$. In the code:
#
# | symbol | in the code | shape | what it is |
# |---|---|---|---|
# | $\mathbf{x}$ | a row of `X` | `(2,)` | a point; all $n$ points together are `X`, `(n, 2)` |
# | $y$ | an element of `y` | a number | its class, 0 or 1; all together `y`, `(n,)` |
# | $\mathbf{w} = (w_1, w_2)$ | `w_1` | `(2,)` | both weights: `w_1[0]` is $w_1$, `w_1[1]` is $w_2$ |
# | $b$ | `b_1` | `(1,)` | the bias of the neuron |
# | $z$, $p$ | `z`, `p` | `(n,)` each | one number for each point |
#
# As in Lab 3, the 1 in the code's names `w_1` and `b_1` stands for the layer, here the first and only one.

# %% [markdown] exercise="predict_proba" minutes=5
# ### Exercise: the probability of class 1
#
# Write a function `predict_proba(X, w_1, b_1)` that returns $p = \sigma(\mathbf{w} \cdot \mathbf{x} + b)$ for each
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
# First $z$ for all points at once, then its sigmoid. You need the dot product of each row of `X` with `w_1`, and there
# is one operator that takes all of them in one go.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `X @ w_1`: shapes `(n, 2)` and `(2,)` give `(n,)`. The 2 that both share is summed over. `b_1` of shape `(1,)` is
# added to each.
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
# The neuron decides for the class that is more probable: class 1 where $p > 0.5$, class 0 otherwise (also where $p$ is
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
w_start = np.array([1.0, 1.0])
b_start = np.array([1.0])

print(
    "accuracy on the test set, untrained:", round(float(accuracy(y_test, predict_proba(X_test, w_start, b_start))), 4)
)
print("points that it calls class 1:", int(np.sum(predict_proba(X_test, w_start, b_start) > 0.5)), "of", len(X_test))

# %% [markdown]
# 0.45: a coin would do as well. The neuron calls all 100 points class 1, and 45 of them are. To see why, look at the
# **decision boundary**. The decision changes where $p = 0.5$, which is where $z = 0$. And $w_1 x_1 + w_2 x_2 + b = 0$ is
# the equation of a straight line. On one side of it the neuron says 1, on the other 0; here all points lie on the same
# side.

# %% id="plot_untrained" locked=true demo=true
untrained = lambda points: predict_proba(points, w_start, b_start)  # noqa: E731
plot_boundary(X_test, y_test, untrained, "Test set, untrained neuron")

# %% [markdown]
# ## The loss: cross-entropy
#
# The accuracy says how good the neuron is, but not which way to go: nudge a weight a little, and usually no decision
# changes at all. Gradient descent needs a loss that answers to the smallest nudge.
#
# The neuron claims a probability for each class: $p$ for class 1, $1 - p$ for class 0. A good neuron gives a high
# probability to the class that the point really has. So we take the negative logarithm of that probability as the
# loss:
#
# $$L = \begin{cases} -\ln p & \text{if } y = 1 \\ -\ln (1 - p) & \text{if } y = 0 \end{cases}
# \qquad\text{or, in one line,}\qquad L = -\,y \ln p - (1 - y) \ln (1 - p)$$
#
# This is the **cross-entropy** ($\ln$ is the natural logarithm, `np.log`). Sure and right costs next to nothing,
# undecided costs $\ln 2 = 0.69$, and sure but wrong is expensive without limit.


# %% id="cross_entropy" locked=true demo=true check=true
def cross_entropy(y, p):
    """Cross-entropy of classes y (n,) and probabilities p (n,), summed over the points."""
    p = np.clip(np.ravel(p), 1e-15, 1 - 1e-15)  # keeps the logarithm finite
    return float(-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)))


print(f"p = 0.5:           {cross_entropy(np.array([1]), np.array([0.5])):.2f}")
print(f"p = 0.99, right:   {cross_entropy(np.array([1]), np.array([0.99])):.2f}")
print(f"p = 0.99, wrong:   {cross_entropy(np.array([0]), np.array([0.99])):.2f}")

p_train = np.ravel(predict_proba(X_train, w_start, b_start))
print(f"training set, untrained: {cross_entropy(y_train, p_train):.1f}")
print(f"the same by scikit-learn: {log_loss(y_train, p_train, normalize=False):.1f}")

# %% id="plot_cross_entropy" locked=true demo=true
p = np.linspace(0.01, 0.99, 200)
curves = {"the point has class 1": -np.log(p), "the point has class 0": -np.log(1 - p)}
plot_curves(p, curves, "What one point costs", xlabel="$p$, the probability of class 1", ylabel="loss")
plt.show()

# %% [markdown]
# ## The gradient
#
# The way back is short this time: $\mathbf{w} \to z \to p \to L$. One factor for each arrow, as in Lab 3, for one
# point:
#
# **Step 1, from $L$ to $p$.** Differentiate the two logarithms (the derivative of $\ln p$ is $1/p$) and put both fractions
# over one denominator:
#
# $$\frac{\partial L}{\partial p} = -\frac{y}{p} + \frac{1 - y}{1 - p} = \frac{-y\,(1 - p) + (1 - y)\,p}{p\,(1 - p)}
# = \frac{p - y}{p\,(1 - p)}$$
#
# **Step 2, through the sigmoid.** $p = \sigma(z)$, and the slope of the sigmoid is $\sigma(z)\,(1 - \sigma(z))$:
#
# $$\frac{\partial p}{\partial z} = p\,(1 - p)$$
#
# **Step 3, multiply.** The factor $p\,(1 - p)$, small where the sigmoid is flat, cancels:
#
# $$\frac{\partial L}{\partial z} = \frac{p - y}{p\,(1 - p)} \cdot p\,(1 - p) = p - y$$
#
# That is why cross-entropy and sigmoid belong together. The signal that goes back is simply how far the probability is
# from the class. A neuron that is sure and wrong gets the full signal, while with the squared error it would get next
# to none.
#
# **Step 4, from $z$ to the parameters.** $z = \mathbf{w} \cdot \mathbf{x} + b$ is linear in them:
#
# $$\frac{\partial L}{\partial \mathbf{w}} = (p - y)\,\mathbf{x}, \qquad \frac{\partial L}{\partial b} = p - y$$
#
# For a **batch** of points the losses add up, and so do their gradients.

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
# First $p - y$, one number for each point: your `predict_proba` does most of it. Then each point passes it on: to the
# bias as it is, to the weights times its own coordinates. Add up over the points, not over the coordinates.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# With `d` of shape `(n,)`, `d @ X` has shape `(2,)`: it multiplies each row of `X` by its own `d` and adds up the
# rows. For the bias `np.sum(d)` is enough. If `d` has shape `(n, n)`, then `p` came as `(n, 1)`: look at your
# `predict_proba`.
#
# </details>

# %% answer="gradients"
from solutions.gradients import gradients


# %% test="gradients" points=3
import check

check.gradients(gradients, predict_proba)

# %% [markdown]
# As in Lab 3, we check the formula by nudging, here on the first ten points of the training set.

# %% id="gradient_check" locked=true demo=true check=true
batch_X, batch_y = X_train[:10], y_train[:10]
start = np.concatenate([w_start, b_start])


def loss_at(parameters):
    """Cross-entropy of the batch for both weights and the bias in one array (3,)."""
    return cross_entropy(batch_y, predict_proba(batch_X, parameters[:2], parameters[2:]))


by_nudging = [(loss_at(start + 1e-5 * one) - loss_at(start - 1e-5 * one)) / 2e-5 for one in np.eye(3)]
from_formula = np.concatenate([np.ravel(part) for part in gradients(batch_X, batch_y, w_start, b_start)])
rows = {"gradients": from_formula, "by nudging": np.array(by_nudging)}
print(pd.DataFrame(rows, index=["w_1[0]", "w_1[1]", "b_1"]).round(3))

# %% [markdown]
# ## Mini-batches
#
# In Lab 3 each step looked at one point. We could also look at all 400 points for each step, which gives a precise
# direction, but only one step for all that work. **Mini-batches** are the middle way: shuffle the points, cut them
# into small batches, and take one step for each batch. When every point has had its turn, one **epoch** is over; then
# shuffle again.
#
# With 400 points and batches of 10, an epoch has 40 steps.

# %% [markdown] exercise="train_classifier" minutes=15
# ### Exercise: train the classifier
#
# Write a function `train_classifier(X, y, epochs, batch_size, lr, seed)`. It starts from `w_1` = (1, 1) and `b_1` =
# (1), each time that it is called. In each epoch it shuffles the points (a new order each time), walks through them in
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
# If `batch_size` does not divide `n`, some points are left at the end of an epoch. Take a last step with this smaller
# batch, or leave them out until the next epoch: both are right.
#
# Time: about 15 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two loops: one over the epochs, one over the batches. A point and its class must stay together when you shuffle, so
# do not shuffle `X` and `y` themselves: shuffle the row numbers, and take the same rows of both.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `order = rng.permutation(n)` has shape `(n,)`. `rows = order[i : i + batch_size]` are the rows of one batch, for `i`
# in `range(0, n, batch_size)`. `X[rows]` has shape `(batch_size, 2)`, `y[rows]` has shape `(batch_size,)`. Make the
# generator once, before the loops, by `np.random.default_rng(seed)`.
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
# Train too short, and the neuron has not learned what it could; train too long, and you wait for nothing. Instead of
# guessing, look: train for 1, 2, 5, ... 500 epochs (batches of 10, lr = 0.01) and compare accuracy and loss.

# %% id="convergence" locked=true demo=true check=true
epoch_counts = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500]
rows = []
for epochs in epoch_counts:
    trained = train_classifier(X_train, y_train, epochs, 10, 0.01, 0)
    p_train, p_test = (np.ravel(predict_proba(points, *trained)) for points in (X_train, X_test))
    rows.append([accuracy(y_train, p_train), accuracy(y_test, p_test), cross_entropy(y_train, p_train) / len(y_train)])
history = pd.DataFrame(
    rows, index=epoch_counts, columns=["training accuracy", "test accuracy", "training loss per point"]
)

settled, learned = history.loc[20:, "test accuracy"], history.loc[20:, "training accuracy"]
print(f"before training:        test accuracy {history.loc[0, 'test accuracy']:.2f}")
print(f"from the 20th epoch on: test accuracy between 0.94 and 0.97: {settled.between(0.939, 0.971).all()}")
print(f"from the 20th epoch on: training accuracy moves by 0.01 at most: {np.ptp(learned) < 0.0101}")

# %% id="plot_convergence" locked=true demo=true
plot_history(history)
history.round(4)

# %% [markdown]
# The first epoch does nearly all the work. After 20 epochs the training accuracy has settled; after 100 the training
# loss hardly falls any more. The course that this lab follows trained for 10,000 epochs. That is a hundred times the
# work, for the same accuracy. The choice is yours: there is no point in waiting once these curves are flat.
#
# The test accuracy, which moves by a point or two out of a hundred, up and down, is drawn for comparison only. Which
# epoch gave the *best* test accuracy must not decide: a point more or less among 100 is chance, and choosing by the test
# set would turn it into a second training set.

# %% [markdown] exercise="test_accuracy" minutes=5
# ### Exercise: the accuracy on the test set
#
# Train the neuron on the **training set** with batches of 10, lr = 0.01 and as many epochs as you find right (a few
# seconds of training are enough). Then compute its accuracy on the **test set**.
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
# `w_1, b_1 = train_classifier(...)` takes apart what the function returns. `predict_proba(X_test, w_1, b_1)` has shape
# `(100,)`, like `y_test`, and that is what `accuracy` compares.
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
# The line has turned round and lies between the clouds. The pale strip, in which the neuron is undecided, is narrow;
# away from it the neuron is sure.

# %% id="plot_trained" locked=true demo=true
trained = lambda points: predict_proba(points, w_1, b_1)  # noqa: E731
plot_boundary(X_test, y_test, trained, f"Test set, trained neuron: accuracy {float(np.ravel(test_accuracy)[0]):.2f}")

# %% [markdown]
# Is this as good as it gets? A single sigmoid neuron with cross-entropy is known in statistics as **logistic
# regression**, and scikit-learn has one that is trained by another method, with a small penalty on large weights.

# %% id="compare" locked=true demo=true check=true
model = LogisticRegression().fit(X_train, y_train)
print("scikit-learn, test accuracy:", round(model.score(X_test, y_test), 4))

# %% [markdown]
# 0.95: your neuron plays in the same league. The remaining mistakes are not a matter of training. The clouds overlap,
# and no straight line can part them.
#
# **Why we compare decisions and not weights.** Two trainings that decide alike may end with quite different weights:
# the boundary only depends on the *ratios* of the weights and the bias. Twice as large weights and bias give the same
# line, with sharper probabilities. When a line can part the classes completely, sharper is always better for the
# cross-entropy, so the weights grow without end. In our data some points stay on the wrong side and hold the weights
# back. Compare both:

# %% id="growing_weights" locked=true demo=true check=true
X_narrow, y_narrow = make_blobs(n_samples=400, centers=2, cluster_std=0.4, random_state=0)  # clouds that do not touch

sizes = pd.DataFrame(index=pd.Index([20, 100, 500], name="epochs"))
for name, points, classes in (("our clouds", X_train, y_train), ("narrow clouds", X_narrow, y_narrow)):
    weights = [train_classifier(points, classes, epochs, 10, 0.1, 0)[0] for epochs in sizes.index]
    sizes[f"|w|, {name}"] = [float(np.linalg.norm(w)) for w in weights]
print(sizes.round(1))

# %% [markdown] exercise="observe_classifier" minutes=5
# ### Exercise: what do you see?
#
# Look at the two pictures of the boundary and at the curves over the epochs, and answer in four or five sentences:
# what shape does the boundary have, and why? Why do some points stay on the wrong side of it, and would more epochs
# help?
#
# Time: about 5 minutes. This answer is read by a person.
#
# <details><summary>Hint 1: the idea</summary>
#
# Find the points on the wrong side in the picture of the trained neuron. What surrounds them? Then find the epoch from
# which on the accuracy stays about the same.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# On the boundary $p = \frac12$, so $z = 0$. Write $z$ out for $\mathbf{x} = (x_1, x_2)$ and solve for $x_2$.
#
# </details>

# %% [markdown] written="observe_classifier" points=1
# *Write your answer here.*

# %% [markdown]
# ## What to take with you
#
# - One sigmoid neuron is a **classifier**: its output is the probability of class 1, its boundary a straight line.
# - **Cross-entropy** is the loss that belongs to it. Its gradient is as simple as can be: $(p - y)\,\mathbf{x}$.
# - **Mini-batches** are a compromise between one point and all points for each step; an **epoch** is one pass over all
#   of them.
# - Choose the number of epochs by the **training curves**, and judge the result on points that were **never used for
#   training**.
#
# Where a straight line is not enough, put a hidden layer in front of the neuron, and send the gradient through it as
# in Lab 3. That is all there is to a neural network: more layers, the same chain rule.

# %% id="summary" locked=true demo=true
# How far you are. Run this cell last, or run the whole notebook.
import check

check.summary("04_classification")
