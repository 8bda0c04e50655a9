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
# # Lab 5: A hidden layer that learns
#
# The single neuron of Lab 4 draws a straight line. Many classes cannot be separated by one. In this lab, you put a
# hidden layer in front of the neuron, send the gradients back through it as in Lab 3, for a whole batch at once, and
# train the network on points in the plane and on handwritten digits.
#
# **After this lab you can**
#
# - write the forward and the backward pass of a hidden layer for a whole batch, and check every gradient;
# - explain how start values, learning rate and number of hidden neurons change what a network learns;
# - choose a network with a validation set, and say honestly what a hidden layer adds to a simpler model.
#
# **What you need to know:** Labs 3 and 4 or their contents: the chain rule through a hidden layer, the cross-entropy,
# mini-batches, training, validation and test set. From NumPy: arrays of shape `(n, J)`, `@`, `axis=0`.
#
# **Time:** about 90 minutes.
#
# The set-up gives you `sigmoid` and the loss `mean_cross_entropy(y, p)`. The [notation sheet](notation.html) lists all
# symbols, names and shapes.

# %% id="setup" locked=true
# Run this cell first. It holds the libraries and what earlier labs made; no need to read it now.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import load_digits, make_circles, make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

try:
    import check
    from given import mean_cross_entropy
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

from solutions.sigmoid import sigmoid

# %% [markdown]
# ## Points that no line separates
#
# scikit-learn draws 500 points along two crescents that reach into each other, with some noise. As in Lab 4, we put
# aside 100 points as the **test set** and 100 as the **validation set**. The other 300 are for training.

# %% id="data" locked=true demo=true check=true
X, y = make_moons(n_samples=500, noise=0.2, random_state=0)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, test_size=0.25, random_state=42)

print("for training:", X_fit.shape, "  for validation:", X_val.shape, "  test set:", X_test.shape)
line = LogisticRegression().fit(X_fit, y_fit)
print("a single neuron, accuracy on the points for training:", round(line.score(X_fit, y_fit), 2))
print("a single neuron, accuracy on the validation set:", round(line.score(X_val, y_val), 2))

# %% id="plot_data" locked=true demo=true
from given import compare_gradients, explore_networks, plot_digits, plot_errors, plot_networks, scatter_by_class
from given import training_path

scatter_by_class(X_fit, y_fit, "The 300 points for training")

# %% [markdown]
# A single neuron, trained to the end by scikit-learn's logistic regression, reaches an accuracy of 0.86. The tips of the
# crescents lie on the wrong side of its line. More training does not help: a line has the wrong shape.
#
# ## A hidden layer in front
#
# In Lab 2, two hidden neurons made a bump that one neuron could not make. We use the same idea in the plane: each hidden
# neuron draws a line of its own, and the output neuron combines what they say.
#
# ![The network: both inputs x_1 and x_2 are connected to each of J hidden neurons. Hidden neuron j adds up z_1,j and applies the tanh, which gives h_j. The weights between are the table W_1 with 2 times J numbers, the biases are b_1. All hidden outputs go, with the J weights w_2 and the bias b_2, to the output neuron, which adds up z_2 and applies the sigmoid, which gives p, the probability of class 1.](figures/network_2j1.svg)
#
# For one point $\mathbf{x} = (x_1, x_2)$, hidden neuron $j$ computes $z_{1,j} = x_1 W_{1,1j} + x_2 W_{1,2j} + b_{1,j}$
# and $h_j = \tanh(z_{1,j})$, and the output neuron computes $p = \sigma(\mathbf{h} \cdot \mathbf{w}_2 + b_2)$. Python
# loops over points and neurons are slow, so we compute a whole **batch** of $n$ points with a few operations on arrays:
#
# $$\mathbf{Z}_1 = \mathbf{X}\,\mathbf{W}_1 + \mathbf{b}_1, \qquad \mathbf{H} = \tanh(\mathbf{Z}_1), \qquad
# \mathbf{z}_2 = \mathbf{H}\,\mathbf{w}_2 + b_2, \qquad \mathbf{p} = \sigma(\mathbf{z}_2)$$
#
# | symbol | in the code | shape | what it is |
# |---|---|---|---|
# | $\mathbf{X}$ | `X` | `(n, D)` | the points of the batch, one in each row; $D = 2$ inputs for points in the plane |
# | $\mathbf{W}_1$ | `W_1` | `(D, J)` | weights of the hidden layer: a row for each input, a **column for each neuron** |
# | $\mathbf{b}_1$ | `b_1` | `(J,)` | biases of the hidden layer |
# | $\mathbf{Z}_1$, $\mathbf{H}$ | `Z_1`, `H` | `(n, J)` each | the hidden layer before and after the activation |
# | $\mathbf{w}_2$, $b_2$ | `w_2`, `b_2` | `(J,)`, `(1,)` | weights and bias of the output neuron |
# | $\mathbf{z}_2$, $\mathbf{p}$ | `p` | `(n,)` each | the output neuron before and after the sigmoid |
#
# Capital letters are tables. In `X`, `Z_1` and `H`, each row belongs to a point. In `Z_1`, `H` and `W_1`, each column
# belongs to a hidden neuron.
#
# **Why the tanh?** It is a sigmoid that was stretched to lie between $-1$ and $1$: $\tanh(z) = 2\,\sigma(2z) - 1$. Its
# outputs lie on both sides of 0, which makes training faster (LeCun et al., see the references), and its slope at 0 is
# four times that of the sigmoid, so more of the error signal gets back through it. At the output, the sigmoid stays,
# because $p$ is a probability.

# %% [markdown] exercise="tanh_derivative" minutes=4
# ### Exercise: the slope of the tanh
#
# On the way back, we need the slope of the new activation. Write a function `tanh_derivative(z)`, the derivative of
# $\tanh(z)$.
#
# | | name | what it is |
# |---|---|---|
# | argument | `z` | a number, or an array of any shape |
# | result | | the slope at each element of `z`, in the shape of `z` |
#
# Time: about 4 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# $\tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}$. Differentiate it with the quotient rule. As with the sigmoid, the
# result can be written with the function itself.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $\tanh'(z) = 1 - \tanh^2(z)$, and $\tanh^2(z)$ means the square of $\tanh(z)$.
#
# </details>

# %% answer="tanh_derivative"
from solutions.tanh_derivative import tanh_derivative


# %% test="tanh_derivative" points=1 shape=true
import check

check.tanh_derivative(tanh_derivative)

# %% [markdown] exercise="forward_batch" minutes=8
# ### Exercise: the forward pass of a batch
#
# Write a function `forward_batch(X, W_1, b_1, w_2, b_2)` that sends all points of a batch through the network at once,
# without a loop, and returns what the backward pass will need.
#
# | | name | what it is |
# |---|---|---|
# | argument | `X` | the points of the batch, shape `(n, D)` |
# | argument | `W_1`, `b_1` | weights and biases of the hidden layer, shapes `(D, J)` and `(J,)` |
# | argument | `w_2`, `b_2` | weights and bias of the output neuron, shapes `(J,)` and `(1,)` |
# | result | `Z_1`, `H` | the hidden layer before and after the activation, shape `(n, J)` each |
# | result | `p` | the probability of class 1 for each point, shape `(n,)` |
#
# Return all three, in this order: `return Z_1, H, p`.
#
# Time: about 8 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# One line of code for each formula above. The products are sums: over the inputs in $\mathbf{X}\,\mathbf{W}_1$, over the
# hidden neurons in $\mathbf{H}\,\mathbf{w}_2$. Which operator adds up?
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `@` sums over the axis that both sides share: `(n, D) @ (D, J)` gives `(n, J)`, and `(n, J) @ (J,)` gives `(n,)`. A bias
# of shape `(J,)` is added to each row of a table `(n, J)`: that is broadcasting.
#
# </details>

# %% answer="forward_batch"
from solutions.forward_batch import forward_batch


# %% test="forward_batch" points=3 shape=true
import check

check.forward_batch(forward_batch)

# %% [markdown]
# ## Backward, for a whole batch
#
# The loss is the **mean cross-entropy** over the batch:
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} \bigl(-\,y_i \ln p_i - (1 - y_i) \ln (1 - p_i)\bigr)$$
#
# In Lab 4 it was the sum. With the mean, neither the loss nor the length of a step depends on the size of the batch. (A
# learning rate of 0.1 for the mean over 10 points makes the same steps as a tenth of it for their sum.)
#
# Here is the way there and back, with all shapes. Each box and label on the dashed way back is a derivative of $L$, and
# **a derivative always has the shape of what it belongs to**. Whenever you do not know in which order or how to
# multiply, look at the shapes.
#
# ![The batch on its way. Forward: X of shape (n, 2) goes with W_1 (2, J) and b_1 (J,) to Z_1 (n, J), by the tanh to H (n, J), with w_2 (J,) and b_2 (1,) to z_2 (n,), by the sigmoid to p (n,), and with y (n,) to the number L. Backward: from L, by p minus y divided by n, to dL/dz_2 (n,), and from there back through w_2 and the tanh to dL/dZ_1 (n, J). Sums over the points lead from dL/dz_2 to dL/dw_2 (J,) and dL/db_2 (1,), and from dL/dZ_1 to dL/dW_1 (2, J) and dL/db_1 (J,).](figures/batch_shapes.svg)
#
# **Step 1, from $L$ to $\mathbf{z}_2$.** As in Lab 4, the cross-entropy and the sigmoid together give $p - y$. The mean
# brings the factor $\frac1n$:
#
# $$\frac{\partial L}{\partial z_{2,i}} = \frac{p_i - y_i}{n}$$
#
# **Step 2, from $\mathbf{z}_2$ to $\mathbf{H}$.** $z_{2,i} = \sum_j h_{ij}\, w_{2,j} + b_2$, so the factor of $h_{ij}$
# is $w_{2,j}$.
#
# **Step 3, through the activation.** $h_{ij} = \tanh(z_{1,ij})$, and you have its slope. Together:
#
# $$\frac{\partial L}{\partial z_{1,ij}} = \frac{\partial L}{\partial z_{2,i}}\; w_{2,j}\; \tanh'(z_{1,ij})$$
#
# These derivatives, with respect to what the neurons add up, are often called the **deltas**. They carry everything that
# has to go back: the parameters need nothing else.

# %% [markdown] exercise="deltas" minutes=12
# ### Exercise: the deltas
#
# Write a function `deltas(y, Z_1, p, w_2)` that returns the derivatives of $L$ with respect to $\mathbf{z}_2$ and
# $\mathbf{Z}_1$. Use your `tanh_derivative`.
#
# | | name | what it is |
# |---|---|---|
# | argument | `y` | the classes, 0 or 1, shape `(n,)` |
# | argument | `Z_1`, `p` | from the forward pass, shapes `(n, J)` and `(n,)` |
# | argument | `w_2` | the output weights, shape `(J,)` |
# | result | `dL_dz2` | $\frac{\partial L}{\partial \mathbf{z}_2}$, shape `(n,)` |
# | result | `dL_dZ1` | $\frac{\partial L}{\partial \mathbf{Z}_1}$, shape `(n, J)` |
#
# Return both, in this order: `return dL_dz2, dL_dZ1`.
#
# Time: about 12 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Step 1 is one line. For the second result, make a table of shape `(n, J)` first, in which row $i$ and column $j$ hold
# the number of point $i$ times the weight of neuron $j$. Then multiply it, element by element, by another table of the
# same shape.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `np.outer(a, b)` of shapes `(n,)` and `(J,)` is the table `(n, J)` of all products. `a[:, None] * b` is the same. In
# the last factor, mind where the slope is taken: at `Z_1`, not at `H`.
#
# </details>

# %% answer="deltas"
from solutions.deltas import deltas


# %% test="deltas" part="dL_dz2" points=1 shape=true
import check

check.deltas(deltas, part="dL_dz2")

# %% test="deltas" part="dL_dZ1" points=2 shape=true
import check

check.deltas(deltas, part="dL_dZ1")

# %% [markdown]
# **Step 4, from the deltas to the parameters.** A weight is used by *every* point of the batch. A nudge of it reaches
# the loss along $n$ paths, and the contributions of all paths add up:
#
# $$\frac{\partial L}{\partial w_{2,j}} = \sum_{i=1}^{n} \frac{\partial L}{\partial z_{2,i}}\; h_{ij}, \qquad
# \frac{\partial L}{\partial b_2} = \sum_{i=1}^{n} \frac{\partial L}{\partial z_{2,i}}$$
#
# $$\frac{\partial L}{\partial W_{1,dj}} = \sum_{i=1}^{n} x_{id}\; \frac{\partial L}{\partial z_{1,ij}}, \qquad
# \frac{\partial L}{\partial b_{1,j}} = \sum_{i=1}^{n} \frac{\partial L}{\partial z_{1,ij}}$$
#
# Every sum runs over the points $i$, which is axis 0 of each table. The division by $n$ is already in the deltas.

# %% [markdown] exercise="backprop_batch" minutes=10
# ### Exercise: the gradients of a batch
#
# Write a function `backprop_batch(X, y, W_1, b_1, w_2, b_2)`. It runs `forward_batch` and `deltas`, and adds up the
# gradients of the four parameters.
#
# | | name | what it is |
# |---|---|---|
# | argument | `X`, `y` | the points of the batch and their classes, shapes `(n, D)` and `(n,)` |
# | argument | `W_1`, `b_1`, `w_2`, `b_2` | the parameters, shapes `(D, J)`, `(J,)`, `(J,)`, `(1,)` |
# | result | `dL_dW1`, `dL_db1`, `dL_dw2`, `dL_db2` | the four gradients, each in the shape of its parameter |
#
# Return all four, in this order: `return dL_dW1, dL_db1, dL_dw2, dL_db2`.
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# The gradients of the biases are plain sums over the points. Those of the weights are sums of products, and `@` computes
# sums of products: the shapes tell in which order, and which table must be transposed.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `dL_dW1` has shape `(D, J)` and is made from `(n, D)` and `(n, J)`: `X.T` has shape `(D, n)`, and `@` sums over the `n`
# that both share. In the same way, `(J,)` comes from `(n,)` and `(n, J)`. For a bias, `np.sum(..., axis=0)` sums a table
# over its rows.
#
# </details>

# %% answer="backprop_batch"
from solutions.backprop_batch import backprop_batch


# %% test="backprop_batch" part="dL_db2" points=1 shape=true
import check

check.backprop_batch(backprop_batch, forward_batch, part="dL_db2")

# %% test="backprop_batch" part="dL_dw2" points=1 shape=true
import check

check.backprop_batch(backprop_batch, forward_batch, part="dL_dw2")

# %% test="backprop_batch" part="dL_db1" points=1 shape=true
import check

check.backprop_batch(backprop_batch, forward_batch, part="dL_db1")

# %% test="backprop_batch" part="dL_dW1" points=2 shape=true
import check

check.backprop_batch(backprop_batch, forward_batch, part="dL_dW1")

# %% [markdown]
# **Two checks.** First, as always, we nudge each parameter and measure. Then we ask another implementation:
# scikit-learn's `MLPClassifier` (MLP means multi-layer perceptron, a network with hidden layers) can be given our
# parameters and take **one** step of plain gradient descent over the whole batch. It moves each parameter by minus the
# learning rate times the gradient, so the step, divided by minus the learning rate, is the gradient that it must have
# used.

# %% id="gradient_check" locked=true demo=true check=true
rng = np.random.default_rng(1)
small = {"W_1": rng.normal(size=(2, 2)), "b_1": rng.normal(size=2), "w_2": rng.normal(size=2), "b_2": np.array([0.5])}
X_ten, y_ten = X_fit[:10], y_fit[:10]


def output(X, *parameters):
    """The probability of class 1 for points X (n, D): shape (n,)."""
    return np.ravel(forward_batch(X, *parameters)[2])


compare_gradients(
    small,
    lambda *parameters: mean_cross_entropy(y_ten, output(X_ten, *parameters)),
    lambda *parameters: backprop_batch(X_ten, y_ten, *parameters),
)

# %% id="compare_mlp" locked=true demo=true check=true
lr, n = 0.1, len(X_fit)
settings = {"activation": "tanh", "solver": "sgd", "momentum": 0, "alpha": 0, "learning_rate_init": lr}
mlp = MLPClassifier(hidden_layer_sizes=(2,), batch_size=n, random_state=0, **settings)
mlp.partial_fit(X_fit, y_fit, classes=[0, 1])  # the first call only makes its arrays; we put ours in their place
before = [small["W_1"], small["w_2"].reshape(-1, 1), small["b_1"], small["b_2"]]
mlp.coefs_[0][:], mlp.coefs_[1][:], mlp.intercepts_[0][:], mlp.intercepts_[1][:] = before
mlp.partial_fit(X_fit, y_fit)
theirs = [(new - old) / -lr for new, old in zip([*mlp.coefs_, *mlp.intercepts_], before)]

dL_dW1, dL_db1, dL_dw2, dL_db2 = backprop_batch(X_fit, y_fit, *small.values())
for name, one, other in zip(("W_1", "w_2", "b_1", "b_2"), (dL_dW1, dL_dw2, dL_db1, dL_db2), theirs):
    print(f"gradient of {name}: equal to that of scikit-learn:", np.allclose(np.ravel(one), np.ravel(other), atol=1e-8))

# %% [markdown]
# All four gradients agree: with the nudges, and with a widely used library that was written without knowing yours.
#
# ## Where to start
#
# In Lab 3, two neurons with equal start values stayed equal forever. So the weights must be **different**, and the
# simplest way is to draw them at random. How large should they be? A neuron adds up $D$ products. If the inputs have a
# spread (standard deviation) of 1 and the weights a spread of $s$, the sum of $D$ independent products has a spread of
# $s\sqrt{D}$. For 64 inputs and $s = 1$ that is 8, and out there the tanh is flat: its slope is almost 0, and no error
# signal gets back. With $s = 1/\sqrt{D}$, the sum has a spread of 1, where the tanh is steep.

# %% id="start_spread" locked=true demo=true check=true
rng = np.random.default_rng(0)
inputs = rng.normal(size=(1000, 64))  # 64 inputs with spread 1

for name, spread in (("1", 1.0), ("1 / sqrt(D)", 1 / np.sqrt(64))):
    Z_1, H, p = forward_batch(inputs, rng.normal(scale=spread, size=(64, 50)), np.zeros(50), np.zeros(50), np.zeros(1))
    print(f"weights with spread {name:11}: spread of Z_1 {np.std(Z_1):.1f}, mean slope {np.mean(1 - np.square(H)):.2f}")

# %% [markdown] exercise="initial_parameters" minutes=5
# ### Exercise: start values
#
# Write a function `initial_parameters(D, J, seed)` that returns start values for a network with `D` inputs and `J`
# hidden neurons. The weights are random numbers with mean 0, for example normally distributed, and their standard
# deviation is $1/\sqrt{\text{number of inputs of the neuron}}$: $1/\sqrt{D}$ for the hidden neurons, $1/\sqrt{J}$ for the
# output neuron. The biases are 0.
#
# | | name | what it is |
# |---|---|---|
# | argument | `D`, `J` | whole numbers: inputs and hidden neurons |
# | argument | `seed` | a whole number for your random generator: the same seed gives the same result |
# | result | `W_1`, `b_1`, `w_2`, `b_2` | arrays of shapes `(D, J)`, `(J,)`, `(J,)`, `(1,)` |
#
# Return all four, in this order: `return W_1, b_1, w_2, b_2`.
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Make one generator from the seed, and draw both arrays of weights with it, one after the other. A generator that is
# made a second time from the same seed starts with the same numbers again.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `np.random.default_rng(seed)` makes a generator, and its method `normal(scale=s, size=(D, J))` draws a table of normally
# distributed numbers with standard deviation `s`. `np.zeros(J)` has shape `(J,)`.
#
# </details>

# %% answer="initial_parameters"
from solutions.initial_parameters import initial_parameters


# %% test="initial_parameters" points=2 many_right=true shape=true
import check

check.initial_parameters(initial_parameters)

# %% [markdown]
# ## Training
#
# The loop is that of Lab 4, with two differences: there are four parameters, and the start values come in as an
# argument. So the same function trains networks of any size, and a training can go on where another one ended.

# %% [markdown] exercise="train_network" minutes=10
# ### Exercise: train the network
#
# Write a function `train_network(X, y, parameters, epochs, batch_size, lr, seed)`. It begins with `parameters`. In each
# epoch, it shuffles the points (into a new order each time), goes through them in batches of `batch_size`, and takes one
# step of gradient descent with your `backprop_batch` for each batch.
#
# | | name | what it is |
# |---|---|---|
# | argument | `X`, `y` | points and their classes, shapes `(n, D)` and `(n,)` |
# | argument | `parameters` | the start values: a tuple of `W_1`, `b_1`, `w_2`, `b_2`; like `X` and `y`, they must stay as they are |
# | argument | `epochs`, `batch_size` | whole numbers: passes over all points, points for each step |
# | argument | `lr` | the learning rate, a number |
# | argument | `seed` | a whole number for your random generator: the same seed gives the same result |
# | result | | a tuple of the four trained parameters, in the same order and shapes |
#
# If `batch_size` does not divide `n`, take a last step with the smaller batch that is left, or skip these points until
# the next epoch: both are right.
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Shuffle row numbers, not the points themselves, and take the same rows of `X` and `y`. Keep the four parameters together
# in one tuple, and let each step make a new tuple.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `order = rng.permutation(n)` at the start of each epoch, `rows = order[i : i + batch_size]` for each batch.
# `backprop_batch(X[rows], y[rows], *parameters)` passes the four parameters one by one, and `zip` pairs each of them with
# its gradient. `w -= ...` would write into the caller's array; `w - ...` makes a new one.
#
# </details>

# %% answer="train_network"
from solutions.train_network import train_network


# %% test="train_network" points=3 many_right=true shape=true
import check

check.train_network(train_network)

# %% [markdown]
# ## How many hidden neurons?
#
# Now we train networks with 1, 2, 4 and 16 hidden neurons, 200 epochs each, on the 300 points for training, in
# batches of 20 with learning rate 0.5.


# %% id="widths" locked=true demo=true check=true
def fitted(J, X=X_fit, y=y_fit, lr=0.5, epochs=200):
    """A network of J hidden neurons, trained on points X (n, D) with classes y (n,) in batches of 20."""
    return train_network(X, y, initial_parameters(np.shape(X)[1], J, 0), epochs, 20, lr, 0)


def measure(parameters, sets=((X_fit, y_fit), (X_val, y_val))):
    """Mean cross-entropy on the points for training and on the validation set, then both accuracies."""
    p = [output(points, *parameters) for points, _ in sets]
    losses = [mean_cross_entropy(classes, one) for one, (_, classes) in zip(p, sets)]
    return losses + [float(np.mean((one > 0.5) == classes)) for one, (_, classes) in zip(p, sets)]


columns = ["training loss", "validation loss", "training accuracy", "validation accuracy"]
networks = {J: fitted(J) for J in (1, 2, 4, 16)}
table = pd.DataFrame([measure(network) for network in networks.values()], index=list(networks), columns=columns)
print(table.round(2).to_string())

# %% id="plot_widths" locked=true demo=true
plot_networks(X_fit, y_fit, output, {f"J = {J}": network for J, network in networks.items()})

# %% [markdown]
# - **J = 1.** One hidden neuron draws one line, and so does the network: its accuracy is that of the single neuron.
# - **J = 2.** Two lines could make a bent boundary. But from these start values, the two neurons end up nearly parallel,
#   and the network gains almost nothing: 0.87.
# - **J = 4.** The boundary follows the crescents. It runs along the dotted line of one neuron, then turns to that of
#   another.
# - **J = 16.** The corners become round, because more neurons share the work, and the accuracy rises a little more.
#
# Nobody told a neuron which line to draw: gradient descent placed all of them. Which network is the best? On the
# validation set, the last two have the same accuracy, 0.94: with 100 points, it is a coarse measure. The loss is finer,
# because it also counts how confident a decision is.

# %% [markdown] exercise="choose_network" minutes=6
# ### Exercise: choose a network
#
# The number of hidden neurons is a hyperparameter, like the number of epochs in Lab 4. Write a function
# `choose_network(networks, X_val, y_val)` that returns the network with the lowest mean cross-entropy on the validation
# set. Use your `forward_batch` and the given `mean_cross_entropy(y, p)`.
#
# | | name | what it is |
# |---|---|---|
# | argument | `networks` | a list or tuple of trained networks, each a tuple `W_1`, `b_1`, `w_2`, `b_2`; `J` may differ |
# | argument | `X_val`, `y_val` | the validation set, shapes `(n, D)` and `(n,)` |
# | result | | one of the networks, as it is: a tuple of four arrays |
#
# Time: about 6 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Compute one loss for each network, and find out where the smallest one stands.
#
# </details>
#
# <details><summary>Hint 2: the shape</summary>
#
# `forward_batch(X_val, *network)` returns three results; the last one is `p`, shape `(n,)`. `np.argmin` of a list gives
# the position of its smallest number.
#
# </details>

# %% answer="choose_network"
from solutions.choose_network import choose_network


# %% test="choose_network" points=2
import check

check.choose_network(choose_network)

# %% [markdown]
# The chosen network is judged once, on the test set, which nothing has touched so far.

# %% id="chosen" locked=true demo=true check=true
chosen = choose_network(list(networks.values()), X_val, y_val)
print("hidden neurons of the chosen network:", np.size(chosen[1]))
print("its accuracy on the test set:", round(float(np.mean((output(X_test, *chosen) > 0.5) == y_test)), 2))
print("a single neuron, accuracy on the test set:", round(line.score(X_test, y_test), 2))

# %% [markdown]
# ### A closed boundary
#
# The second data set is a small circle inside a large one. How many hidden neurons does it take to draw a boundary
# between them?

# %% id="circles" locked=true demo=true check=true
X_ring, y_ring = make_circles(n_samples=300, noise=0.1, factor=0.4, random_state=0)
rings = {J: fitted(J, X_ring, y_ring, epochs=100) for J in (1, 2, 3, 16)}

single = LogisticRegression().fit(X_ring, y_ring)
print("a single neuron, accuracy on the points for training:", round(single.score(X_ring, y_ring), 2))
for J, network in rings.items():
    right = np.mean((output(X_ring, *network) > 0.5) == y_ring)
    print(f"a network with J = {J:2}, accuracy on the points for training: {right:.2f}")

# %% id="plot_circles" locked=true demo=true
plot_networks(X_ring, y_ring, output, {f"J = {J}": network for J, network in rings.items()})

# %% [markdown]
# A single neuron does no better than a coin here. One line can only cut off a part of the outer circle, two can cut out
# a strip or a corner, but neither can enclose anything. Three can: a triangle with round corners. So the smallest number
# of hidden neurons depends on the shape of the classes, and nobody tells us that shape in advance. In practice, one tries
# several widths, more than enough neurons among them, and lets the validation set decide.
#
# ## The learning rate, again
#
# The same network with eight hidden neurons, the same start values, 200 epochs, and three learning rates:

# %% id="rates" locked=true demo=true check=true
counts = [0, 1, 2, 5, 10, 20, 50, 100, 150, 200]
runs = {
    lr: training_path(train_network, initial_parameters(2, 8, 0), X_fit, y_fit, counts, lr) for lr in (0.001, 0.5, 50)
}
losses = {f"lr = {lr}": {n: measure(made)[0] for n, made in run.items()} for lr, run in runs.items()}

for lr in (0.001, 0.5):
    print(f"lr = {lr}: training loss after 200 epochs {measure(runs[lr][200])[0]:.2f}")
print("lr = 0.001: still falling in the last 50 epochs:", measure(runs[0.001][200])[0] < measure(runs[0.001][150])[0])
print("lr = 50: training loss after 200 epochs above 1:", measure(runs[50][200])[0] > 1)
H = np.asarray(forward_batch(X_fit, *runs[50][200])[1])
print(
    "lr = 50: slope of the tanh below 0.001 for over 0.95 of all points and neurons:", np.mean(1 - H**2 < 1e-3) > 0.95
)
more = train_network(X_fit, y_fit, runs[50][200], 100, 20, 0.5, 0)
print("then 100 epochs with lr = 0.5: training loss still above 0.2:", measure(more)[0] > 0.2)
farthest = np.max(np.abs(np.subtract(more[0], runs[50][200][0])))
print("and no weight of the hidden layer moved by more than 0.05:", farthest < 0.05)

# %% id="plot_rates" locked=true demo=true
fig, ax = plt.subplots(figsize=(8, 4.4))
plot_errors(losses, ax, xlabel="epochs", ylabel="training loss")

# %% [markdown]
# - **Too small** (0.001): nothing goes wrong, but after 200 epochs the loss is still 0.43, and the boundary is still
#   nearly straight. This looks like a network that cannot learn the task, but the loss is still falling: it has not had
#   enough time.
# - **About right** (0.5): the loss falls to 0.10.
# - **Far too large** (50): the first steps throw the weights so far out that the tanh is flat for almost every point.
#   Its slope is nearly 0, so hardly any error signal gets back to the hidden layer, and it stays where it was thrown.
#   In 100 more epochs with the good learning rate, the output neuron recovers, but the hidden weights do not move: the
#   loss stays above 0.2. Such a layer is called **saturated**.
#
# **Try other settings.** The sliders train afresh, with your functions. Find for each learning rate the number of epochs
# that it needs, and look at the boundary on the way. Which width is the smallest that works? (Without a running kernel or
# without `ipywidgets` there are no sliders, and the plot shows one training.)

# %% id="sliders" locked=true demo=true
explore_networks(train_network, initial_parameters, measure, output, X_fit, y_fit)

# %% [markdown] exercise="observe_boundaries" minutes=5
# ### Exercise: what moves the boundary?
#
# Look at the pictures of the boundaries, at the curves for the learning rates, and at the sliders, and answer in four or
# five sentences: how does the boundary change when there are more hidden neurons, and why can one hidden neuron not do
# better than no hidden layer? You see a boundary that is nearly straight although there are eight hidden neurons: name
# two possible reasons, and say how you would tell them apart.
#
# Time: about 5 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# With one hidden neuron, $p$ depends on $\mathbf{x}$ only through one number, $z_{1,1}$. Where is this number constant?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Compare the loss curves: what does the loss do when training is too slow, and what does it do when the hidden layer is
# saturated (its slopes nearly 0)?
#
# </details>

# %% [markdown] written="observe_boundaries" points=1
# *Write your answer here.*

# %% [markdown]
# ## Digits
#
# Now something that is not made up: 1797 handwritten digits, images of 8 by 8 pixels, which scikit-learn brings along.
# Each image is a row of $D = 64$ numbers, and your functions take it as it is. Our network decides between two classes,
# so we ask two questions that have two answers each:
#
# - **Is it a 0?** One digit against nine others.
# - **Is it odd?** Five digits against five, which do not look like one another.
#
# For each question, we compare three models: the constant answer that is right most often, a single neuron (logistic
# regression), and a network with 4, 16 or 32 hidden neurons, of which `choose_network` takes the one that is best on the
# validation set.

# %% id="digits" locked=true demo=true check=true
digits = load_digits()
pixels, which = digits.data / 16, digits.target  # grey levels from 0 to 1
P_train, P_test, d_train, d_test = train_test_split(pixels, which, test_size=0.25, random_state=42)
P_fit, P_val, d_fit, d_val = train_test_split(P_train, d_train, test_size=0.25, random_state=42)
print("for training:", P_fit.shape, "  for validation:", P_val.shape, "  test set:", P_test.shape)

rows, missed = {}, {}
for question, ask in {"is it a 0?": lambda d: np.equal(d, 0) * 1, "is it odd?": lambda d: d % 2}.items():
    single = LogisticRegression(max_iter=1000).fit(P_fit, ask(d_fit))
    trained = [fitted(J, P_fit, ask(d_fit), lr=0.5, epochs=40) for J in (4, 16, 32)]
    best = choose_network(trained, P_val, ask(d_val))
    answers = {
        "constant answer": np.full(450, np.bincount(ask(d_fit)).argmax()),
        "single neuron": single.predict(P_test),
        f"hidden layer, J = {np.size(best[1])}": output(P_test, *best) > 0.5,
    }
    for model, answer in answers.items():
        missed[question] = np.flatnonzero(answer != ask(d_test))
        rows[question, model] = [1 - len(missed[question]) / 450, len(missed[question])]
print(f"one digit of the test set is {1 / 450:.3f} of it")
scores = pd.DataFrame(rows, index=["accuracy", "errors"]).T.astype({"errors": int}).round(3)
print("\non the test set\n" + scores.to_string())
odd_missed = missed["is it odd?"][:8]

# %% id="plot_digits" locked=true demo=true
plot_digits(P_test[odd_missed], [f"a {d_test[i]}" for i in odd_missed])

# %% [markdown]
# The images are digits of the test set whose oddness the network with a hidden layer got wrong. The learning rate and
# the number of epochs were a first guess; only the number of hidden neurons was chosen, on the validation set, and the
# test set was used once for each model. With 450 digits, one digit more or less changes an accuracy by 0.002.

# %% [markdown] exercise="observe_digits" minutes=4
# ### Exercise: what does the hidden layer add?
#
# A friend says: "A neural network reaches 0.99 on handwritten digits, so neural networks are the right tool for them."
# Answer in three or four sentences with the numbers of the table: what does an accuracy of 0.99 say in the first
# question, and what does the hidden layer add in each of the two? When would you take the simpler model?
#
# Time: about 4 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# For each question, compare each accuracy with that of the simpler model one row above, and count digits: 450 times the
# difference.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# The share of errors is 1 minus the accuracy. By which factor does it fall from one row to the next?
#
# </details>

# %% [markdown] written="observe_digits" points=1
# *Write your answer here.*

# %% [markdown]
# ## Key points
#
# - A **hidden layer** lets a classifier draw bent and closed boundaries. Each hidden neuron contributes a line, and the
#   output neuron combines them.
# - For a whole **batch**, the forward and the backward pass are a few products of tables. A derivative has the shape of
#   what it belongs to, and the gradient of a parameter is a **sum over the points**.
# - **Check** gradients: against nudges, and against another implementation.
# - Start with **random** weights of standard deviation $1/\sqrt{\text{number of inputs}}$. Equal weights stay equal, and
#   too large ones saturate the tanh.
# - Too small a learning rate looks like a network that cannot learn; too large a one can ruin it for good. Choose the
#   **width** on the validation set.
# - Always compare with a **simpler model**. A hidden layer pays where a straight boundary fails.

# %% [markdown]
# ## Where to go from here
#
# You derived four gradients by hand. For two hidden layers there would be six, and for a network with a hundred layers
# nobody would want to. But every step was of the same kind: an operation with a simple derivative, and the chain rule,
# which multiplies these derivatives backward. A program can do that: each operation remembers what it was made of and how
# to pass a gradient back, and then the backward pass of *any* network follows from its forward pass. This is **automatic
# differentiation**, and Lab 6 builds it.
#
# ### References
#
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by back-propagating errors", *Nature*
#   323, pages 533 to 536 (1986): the paper that made backpropagation widely known.
# - Y. LeCun, L. Bottou, G. B. Orr and K.-R. Müller, "Efficient BackProp", in *Neural Networks: Tricks of the Trade*,
#   Springer (1998): why to take the tanh, shuffled examples, and start weights of this size.
# - M. A. Nielsen, *Neural Networks and Deep Learning*, Determination Press (2015), chapters 1 to 3: a patient
#   introduction, with digits as its example.

# %% id="summary" locked=true demo=true
# Your results so far. Run this cell last, or run the whole notebook.
import check

check.summary("05_hidden_layer")
