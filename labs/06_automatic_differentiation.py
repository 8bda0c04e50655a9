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
# # Lab 6: A machine that differentiates
#
# In Lab 3, you derived the gradients of a small network by hand, step by step. For every new network, you would have to
# do it again. In this lab, you build a machine that does it for you: you write down any formula, and it delivers the
# derivative with respect to every number in it. Every library for neural networks has such a machine at its heart.
#
# **After this lab you can**
#
# - read a formula as a graph, and find its derivatives by multiplying along paths and adding over paths;
# - write a class of numbers that remember how they were made;
# - send gradients back through a graph of any shape, in the right order, and explain why they are added;
# - train a network without deriving anything by hand.
#
# **What you need to know:** Lab 3 or its contents: the chain rule, backpropagation, gradient descent. From Python:
# classes with methods, recursion.
#
# **Time:** about 90 minutes.
#
# The [notation sheet](notation.html) lists all symbols, names and shapes.

# %% id="setup" locked=true
# Run this cell first. It holds the libraries and a helper; no need to read it now.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import make_blobs

try:
    import check
    from given import slope_of
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

# %% [markdown]
# ## Three ways to a derivative
#
# - **By hand**, with the rules of calculus, as in Lab 3. The result is exact, but the work grows with the formula, and
#   every change of the network means deriving again.
# - **By nudging**: a central difference needs two runs of the whole network for each parameter. For a million parameters,
#   that is two million runs for one step. And the result is only approximate.
# - **By a machine** that knows the derivatives of a few operations, such as sums, products and exponentials, and
#   combines them by the chain rule. This is **automatic differentiation**. The result is exact up to rounding, as by hand,
#   and one walk back through the computation gives the derivatives with respect to all parameters at once.
#
# ## A formula is a graph
#
# A computer never computes a formula all at once. It does one operation after the other, and each one takes results of
# earlier ones. Here is $L = (a b + a)^2$ at $a = 2$ and $b = -3$, with names for the results in between:
#
# ![The graph of L = (a b + a)^2. The numbers a = 2 and b = -3 go into the product u = a b, which is -6. This and a once more go into the sum v = u + a, which is -4, and v goes into the square L = v^2, which is 16. The arrows are labelled with the local derivatives: du/da, du/db, dv/du, dv/da and dL/dv.](figures/expression_graph.svg)
#
# **How to read the diagram.** Each box is a **node**: a number, and what it was made from. The nodes at the tails of its
# arrows are its **parents**: $u$ and $a$ are the parents of $v$. Nodes without parents are called **leaves**. Each arrow
# carries a **local derivative**, or slope: how fast the node at its head changes when only the node at its tail is nudged.
# For example, $\frac{\partial v}{\partial a} = 1$ is the slope of the sum with respect to $a$ while $u$ is held fixed. The
# detour of $a$ through $u$ is not in it.
#
# How fast does $L$ change with $a$, then? Two rules are all that we need:
#
# - **along a path, multiply**: a nudge passes one arrow after the other, and each multiplies it by its slope;
# - **over all paths, add**: if several paths lead from a node to $L$, each of them passes the nudge on.

# %% [markdown] exercise="by_hand" minutes=5
# ### Exercise: three derivatives by hand
#
# Find the derivatives of $L$ with respect to $u$, $b$ and $a$ at $a = 2$ and $b = -3$, on paper, with the diagram.
#
# | | name | what it is |
# |---|---|---|
# | result | `dL_du` | $\frac{\partial L}{\partial u}$, a number |
# | result | `dL_db` | $\frac{\partial L}{\partial b}$, a number |
# | result | `dL_da` | $\frac{\partial L}{\partial a}$, along **all** paths from $a$ to $L$, a number |
#
# Time: about 5 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# First write a number at each of the five arrows. For the product, $\frac{\partial u}{\partial a} = b$; for the square,
# $\frac{\partial L}{\partial v} = 2v$. Then follow each path from $L$ back.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $$\frac{\partial L}{\partial a} = \frac{\partial L}{\partial v} \cdot \frac{\partial v}{\partial u} \cdot
# \frac{\partial u}{\partial a} + \frac{\partial L}{\partial v} \cdot \frac{\partial v}{\partial a}$$
#
# The other two have one path each.
#
# </details>

# %% answer="by_hand"
from solutions.by_hand import dL_da, dL_db, dL_du


# %% test="by_hand" points=1
import check

check.by_hand(dL_du, dL_db, dL_da)

# %% [markdown]
# We measure all three by nudging. For $u$, the nudge is added to the product and nothing else.

# %% id="measured" locked=true demo=true check=true
a, b = 2.0, -3.0
print("dL/du by nudging:", round(slope_of(lambda t: ((a * b + t) + a) ** 2), 4))
print("dL/db by nudging:", round(slope_of(lambda t: (a * (b + t) + a) ** 2), 4))
print("dL/da by nudging:", round(slope_of(lambda t: ((a + t) * b + (a + t)) ** 2), 4))

# %% [markdown]
# The short path from $a$ to $L$ contributes $-8$, the one through $u$ contributes $24$; together $16$. A machine must not
# forget either of them.
#
# ## Numbers that remember
#
# The machine needs the graph, and nobody wants to draw it by hand. So we let the numbers themselves record it: whenever
# two of them are added or multiplied, the result remembers its parents and the slopes. The next cell gives you a class
# for the nodes of such a graph. It only stores things; it cannot compute yet. Read it: every node has the **four
# attributes** `data`, `parents`, `slopes` and `grad`.

# %% id="node" locked=true
from labs.given import Node

# %% [markdown]
# To be able to write `a * b + a` with nodes, we use a feature of Python: an operator calls a method. For `a + b`, Python
# calls `a.__add__(b)`, for `a * b` it calls `a.__mul__(b)`, and so on. Here is a small class that has nothing to do with
# gradients. Prices can be added:
#
# ```python
# class Price:
#     def __init__(self, cents):
#         self.cents = cents
#
#     def __add__(self, what):  # called for price + what
#         return Price(self.cents + what.cents)
# ```
#
# Note that the sum is a **new** object, and that neither price changes.
#
# And what about `2 + a`, with a plain number on the left? Python asks the number 2 first, which has never heard of your
# class. Then it tries the **reflected** method of the right-hand side, `a.__radd__(2)`. Mind the order for differences and
# quotients: `1 - a` calls `a.__rsub__(1)`, so what stands on the right of the minus sign is `self`.

# %% [markdown] exercise="value" minutes=25
# ### Exercise: the class `Value`
#
# Write a class `Value` of nodes that can be computed with. Begin with `class Value(Node):`, which inherits the constructor
# and the four attributes of `Node`, and then write one method for each operation. Each returns a new `Value`, made as
# `Value(number, parents, slopes)`: `parents` is a tuple of Values, and `slopes` is a tuple with the derivative of the
# result with respect to each of them, in the same order.
#
# The exercise has four parts with a check each, in one cell. Write the methods for one part, check it, and come back.
#
# | part | expression | methods | |
# |---|---|---|---|
# | product | `a + b`, `a * b` | `__add__`, `__mul__` | two parents, two slopes |
# | power | `a ** n` | `__pow__` | the exponent `n` is a plain number, so there is one parent |
# | functions | `a.exp()`, `a.log()`, `a.tanh()`, `a.relu()` | `exp`, `log`, `tanh`, `relu` | natural logarithm; $\mathrm{relu}(a) = \max(0, a)$ |
# | constants | `a + 2`, `2 + a`, `a * 2`, `2 * a` | also `__radd__`, `__rmul__` | turn the plain number into a Value without parents |
# | | `-a`, `a - b`, `a - 1`, `1 - a` | `__neg__`, `__sub__`, `__rsub__` | from sums and products |
# | | `a / b`, `a / 4`, `2 / a` | `__truediv__`, `__rtruediv__` | from products and powers |
#
# Time: about 25 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# First compute the number, from `self.data` and `other.data`. Then ask for each parent: if only its number grows by a
# little, how fast does the result grow? For a sum, the answer is 1 and 1. For a product, it is the other factor each time.
# For plain numbers, ask `isinstance(other, Value)` at the beginning of `__add__` and `__mul__`; all further operations
# can be reduced to these two and the power, without any new slopes.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# $(a^n)' = n\, a^{n-1}$, $\quad (e^a)' = e^a$, $\quad (\ln a)' = \frac{1}{a}$, $\quad \tanh'(a) = 1 - \tanh^2(a)$; the
# slope of the relu is 1 for positive numbers and 0 for negative ones.
#
# $-a = (-1) \cdot a$, $\quad a - b = a + (-b)$, $\quad \frac{a}{b} = a \cdot b^{-1}$. For `2 / a`, the one that is raised
# to the power $-1$ is `self`.
#
# </details>

# %% answer="value"
from solutions.value import Value


# %% test="value" part="product" points=2
import check

check.value(Value, part="product")

# %% test="value" part="power" points=1
import check

check.value(Value, part="power")

# %% test="value" part="functions" points=2
import check

check.value(Value, part="functions")

# %% test="value" part="constants" points=2
import check

check.value(Value, part="constants")

# %% [markdown]
# Now the formula of the diagram can be typed as it is, and the graph comes into being on the way. In the next cell, we
# go from `L` back to its parent, which is $v$, and to its parents, which are $u$ and $a$.

# %% id="recorded" locked=true demo=true check=true
a, b = Value(2.0), Value(-3.0)
L = (a * b + a) ** 2

v = L.parents[0]
print("L was made from", [parent.data for parent in L.parents], "with the slopes", list(L.slopes))
print("v was made from", [parent.data for parent in v.parents], "with the slopes", list(v.slopes))

# %% [markdown]
# Never trust a derivative that you have not measured. The next cell compares the slope of each operation with a central
# difference.

# %% id="measured_slopes" locked=true demo=true check=true
operations = {
    "a + 3": (lambda a: a + 3, 0.7),
    "3 * a": (lambda a: 3 * a, 0.7),
    "1 - a": (lambda a: 1 - a, 0.7),
    "2 / a": (lambda a: 2 / a, 0.7),
    "a ** 3": (lambda a: a**3, 0.7),
    "exp": (lambda a: a.exp(), 0.7),
    "log": (lambda a: a.log(), 0.7),
    "tanh": (lambda a: a.tanh(), 0.7),
    "relu": (lambda a: a.relu(), 0.7),
    "relu, negative": (lambda a: a.relu(), -0.7),
}


def slope_along_paths(result, leaf):
    """Multiply along each path, add over all paths."""
    if result is leaf:
        return 1.0
    return sum(slope * slope_along_paths(parent, leaf) for parent, slope in zip(result.parents, result.slopes))


def compared(operation, x):
    """A number, the result of an operation, its slope, and the slope by nudging."""
    leaf = Value(x)
    result = operation(leaf)
    return [x, result.data, slope_along_paths(result, leaf), slope_of(lambda t: operation(Value(x + t)).data)]


rows = [[name, *compared(operation, x)] for name, (operation, x) in operations.items()]
print(pd.DataFrame(rows, columns=["operation", "a", "result", "slope", "by nudging"]).round(5).to_string(index=False))

# %% [markdown]
# `slope_along_paths` takes the two rules literally, and so it already is a machine that differentiates. But it is
# hopelessly slow: it walks along every single path. In the graph of `a = a + a`, repeated 30 times, there are $2^{30}$
# paths, more than a billion, through 31 nodes. And it has to start again for every leaf.
#
# ## In which order?
#
# Better: each node collects everything that comes back to it **first**, and then passes the sum on **once**. Then every
# arrow is used once, and all leaves get their derivatives in the same walk.
#
# For this, the order matters. In the diagram, $a$ gets one share from $v$ directly and another through $u$. A node may
# pass on what it has only when all shares have arrived, that is, after all nodes that were made from it. So we need a list
# of all nodes in which each one comes **after its parents**. Such a list is called a **topological order** of the graph.
# Read backward, it is the order for the way back.

# %% [markdown] exercise="topological_order" minutes=10
# ### Exercise: parents first
#
# Write a function `topological_order(result)`. It starts at one node, finds all nodes that this one was made from, directly
# or through others, and lists them.
#
# | | name | what it is |
# |---|---|---|
# | argument | `result` | a node, the last one of a graph |
# | result | | a list of nodes: each node of the graph **once**, every node **after all its parents**; `result` is the last |
#
# Often there is more than one such order; any of them will do. The nodes do not change.
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Let a function `visit(node)` call itself for each parent of the node. At which moment may the node enter the list, so
# that its parents are already in it? And what must happen if a node is visited for the second time?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# Before you define `visit` inside your function, make an empty list and an empty `set()`. `visit(node)` does four things:
# if the node is in the set, it returns at once; it adds the node to the set; it visits all parents; it appends the node to
# the list. Call `visit(result)` and return the list.
#
# </details>

# %% answer="topological_order"
from solutions.topological_order import topological_order


# %% test="topological_order" points=2 many_right=true
import check

check.topological_order(topological_order)

# %% [markdown]
# ## The way back
#
# Now everything is there. Each node has an attribute `grad` for the derivative of the last node with respect to it. The
# last node gets the value $\frac{\partial L}{\partial L} = 1$. Then we go through the list from its end, and each node
# passes its gradient on to its parents, multiplied by the slope of the arrow: **along a path, multiply**. What arrives at a
# parent is added to what is there already: **over all paths, add**.

# %% [markdown] exercise="backward" minutes=10
# ### Exercise: the way back
#
# Write a function `backward(order)`. It computes the derivative of the last node of the list with respect to every other
# node.
#
# | | name | what it is |
# |---|---|---|
# | argument | `order` | a list of nodes, each one after all its parents; the list itself stays as it is |
# | result | | none: the function changes the attribute `grad` of the nodes |
#
# The gradient of the last node becomes 1, whatever it was. To the gradients of all other nodes, the function **adds** what
# comes back to them. It does not set them to 0 first: that is a separate step, which comes later in this lab.
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two loops: the outer one over the nodes, from the last to the first; the inner one over the parents of a node and their
# slopes. `reversed(order)` walks through a list from its end, and `zip` pairs parents and slopes.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# For every arrow from a parent $p$ to a node $k$:
# $\frac{\partial L}{\partial p} \leftarrow \frac{\partial L}{\partial p} + \frac{\partial k}{\partial p} \cdot
# \frac{\partial L}{\partial k}$. The first factor is the slope that $k$ remembers for this parent, the second one is the
# gradient of $k$.
#
# </details>

# %% answer="backward"
from solutions.backward import backward


# %% test="backward" points=3
import check

check.backward(backward)

# %% [markdown]
# The machine is complete. We give the class a method that does both steps, so that one line is enough: `L.backward()`.
# The results must agree with yours on paper.

# %% id="first_gradients" locked=true demo=true check=true
Value.backward = lambda self: backward(topological_order(self))

a, b = Value(2.0), Value(-3.0)
L = (a * b + a) ** 2
L.backward()
print("L =", L.data, "  dL/da =", a.grad, "  dL/db =", b.grad)

# %% [markdown]
# Three experiments show what happens if one of its parts is changed. Each begins with the same formula at the same point.


# %% id="experiments" locked=true demo=true check=true
def formula(a, b):
    """The formula of the diagram."""
    return (a * b + a) ** 2


class Forgetful(Value):
    """A Value that keeps what came last, as if `backward` had `=` in place of `+=`."""

    share = 0.0

    @property
    def grad(self):
        return self.share

    @grad.setter
    def grad(self, total):
        self.share = total - self.share


a, b = Forgetful(2.0), Forgetful(-3.0)
formula(a, b).backward()
print("1. `=` in place of `+=`:            dL/da =", a.grad, "  dL/db =", b.grad)

a, b = Value(2.0), Value(-3.0)
formula(a, b).backward()
formula(a, b).backward()
print("2. computed twice, a way back each: dL/da =", a.grad, "  dL/db =", b.grad)

a, b = Value(2.0), Value(-3.0)
L = formula(a, b)
L.backward()
L.backward()
print("3. computed once, two ways back:    dL/da =", a.grad, "  dL/db =", b.grad)

# %% [markdown] exercise="observe_gradients" minutes=5
# ### Exercise: what went wrong?
#
# The right derivatives are $\frac{\partial L}{\partial a} = 16$ and $\frac{\partial L}{\partial b} = -16$. Look at what the
# last cell printed, and answer in three to five sentences:
#
# 1. In experiment 1, $b$ is right and $a$ is not. Why is it just $a$, and what does the number that it got stand for?
# 2. In experiment 2, both are twice what they should be. What must be done between the two ways back?
# 3. In experiment 3, they are not even twice as large. Which nodes, apart from $a$ and $b$, still hold something?
#
# Time: about 5 minutes. A person grades this answer.
#
# <details><summary>Hint 1: the idea</summary>
#
# Which of the nodes has two arrows that lead away from it? And which nodes are new if the formula is computed again?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# In experiment 3, follow the second way back on paper: $v$ begins with the gradient $-8$, not with 0, and gets another $-8$.
# What does it pass on?
#
# </details>

# %% [markdown] written="observe_gradients" points=1
# *Write your answer here.*

# %% [markdown]
# ## The network of Lab 3
#
# Remember the network with one input, two sigmoid neurons and a linear output. To train it, you had to work out seven
# derivatives in five steps. For the machine, you only write down the loss.
#
# ![The graph of Lab 3's network, each node with its number and below it its gradient. Leaves: w_1,1 = 1 with gradient 0.2127, b_1,1 = 1 with 0.2127, w_1,2 = -1 with -0.5065, b_1,2 = 1 with -0.5065, w_out,1 = 1 with 1.7844, w_out,2 = -1 with 1.0129, b_out = 1 with 2.0258. From them: z_1 = 2 with 0.2127 and z_2 = 0 with -0.5065, h_1 = 0.8808 with 2.0258 and h_2 = 0.5 with -2.0258, z_3 = 1.3808 with 2.0258, and last L = 1.0260 with gradient 1.](figures/network_graph.svg)
#
# The diagram shows the network at the start values of Lab 3, with $x = 1$ and $y = e^{-1}$: above, what goes forward, and
# below, what comes back. The input, the target and the single operations inside of the sigmoid have been left out.

# %% [markdown] exercise="network_loss" minutes=10
# ### Exercise: the loss as a Value
#
# Write a function `network_loss(x, y, w_1, b_1, w_2, b_2)` that returns the loss $L = (z_3 - y)^2$ of this network for one
# input, as a `Value` that remembers all seven parameters:
#
# $$z_j = w_{1,j}\, x + b_{1,j}, \qquad h_j = \sigma(z_j) = \frac{1}{1 + e^{-z_j}}, \qquad
# z_3 = w_{\text{out},1} h_1 + w_{\text{out},2} h_2 + b_{\text{out}}$$
#
# | | name | what it is |
# |---|---|---|
# | argument | `x`, `y` | the input and its target, a plain number each |
# | argument | `w_1`, `b_1` | weights and biases of the hidden neurons: lists of two Values each |
# | argument | `w_2`, `b_2` | weights of the output neuron, a list of two Values, and its bias, one Value |
# | result | | the loss, a Value |
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Write the formulas as if all of these were plain numbers, with a loop over the two neurons or without. NumPy does not know
# Values: use their own operators and the method `exp`. Never use `data` here, or the graph is cut.
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# If `z` is a Value, then `(-z).exp()` is $e^{-z}$. With the reflected methods, `1 + ...` and `1 / ...` work as well.
#
# </details>

# %% answer="network_loss"
from solutions.network_loss import network_loss


# %% test="network_loss" points=2
import check

check.network_loss(network_loss, Value)

# %% [markdown]
# Here are the gradients at the start values of Lab 3. There, you found 0.212700 and $-0.506459$ for the hidden layer,
# 1.784350 and 1.012918 for the output weights, and 2.025835 for the output bias.

# %% id="network_gradients" locked=true demo=true check=true
w_1, b_1 = [Value(1.0), Value(-1.0)], [Value(1.0), Value(1.0)]
w_2, b_2 = [Value(1.0), Value(-1.0)], Value(1.0)

loss = network_loss(1.0, np.exp(-1.0), w_1, b_1, w_2, b_2)
loss.backward()
print(f"z_3 = {np.exp(-1.0) + np.sqrt(loss.data):.6f}, loss = {loss.data:.6f}")
print("h_1 and h_2, sigmoid of 2 and of 0:", np.round(1 / (1 + np.exp([-2.0, 0.0])), 6))
for name, parameter in {"w_1": w_1, "b_1": b_1, "w_2": w_2, "b_2": [b_2]}.items():
    print(f"dL/d{name} =", [f"{value.grad:.6f}" for value in parameter])

# %% [markdown]
# The chain rule of Lab 3 has become a by-product: nobody has told the machine what a sigmoid or a hidden layer is.
#
# ## Training
#
# A step of training consists of four parts, always in this order:
#
# 1. set the gradients of all parameters to **0**, because `backward` adds to what is there;
# 2. **forward**: compute the loss, which makes a new graph;
# 3. **backward**: send the gradient back through the graph;
# 4. **step**: move each parameter against its gradient.

# %% [markdown] exercise="train_step" minutes=10
# ### Exercise: one step of training
#
# Write a function `train_step(parameters, loss_of, lr)` that does one step of gradient descent.
#
# | | name | what it is |
# |---|---|---|
# | argument | `parameters` | a list of Values; their `data` and `grad` change |
# | argument | `loss_of` | a function: `loss_of(parameters)` computes the loss, a Value with the method `backward()` |
# | argument | `lr` | the learning rate, a number |
# | result | | the loss **before** the step, as a plain number |
#
# Time: about 10 minutes.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two loops over the parameters: one before the loss is computed, and one after the way back. What do you have to keep so
# that you can return it?
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# For each parameter, $w \leftarrow w - \mathrm{lr} \cdot \frac{\partial L}{\partial w}$, where the number $w$ is the
# attribute `data` and the derivative is the attribute `grad`. The loss is a Value, too: its number is in its `data`.
#
# </details>

# %% answer="train_step"
from solutions.train_step import train_step


# %% test="train_step" points=2
import check

check.train_step(train_step)

# %% [markdown]
# Now we let the machine do something for which nobody has derived anything: a network that tells two classes apart, with
# one hidden layer of four **tanh** neurons and a sigmoid output. The 24 points lie in four groups, and groups in opposite
# corners belong to the same class, so no straight line separates the two classes. The loss is the mean cross-entropy. For a
# point of class 1, it is $-\ln \sigma(z) = \ln(1 + e^{-z})$, and for a point of class 0, it is $\ln(1 + e^{z})$.


# %% id="data" locked=true demo=true check=true
centres = [(0.0, 0.0), (3.0, 4.0), (0.0, 4.0), (3.0, 0.0)]
X, group = make_blobs(n_samples=24, centers=centres, cluster_std=0.5, random_state=0)
y = group // 2


def score(point, parameters):
    """What reaches the output neuron before its sigmoid; works for Values, for numbers, and for whole arrays."""
    z = parameters[-1]
    for j in range(0, len(parameters) - 1, 4):
        w_1, w_2, bias, w_out = parameters[j : j + 4]
        inside = w_1 * point[0] + w_2 * point[1] + bias
        z = z + w_out * (inside.tanh() if isinstance(inside, Value) else np.tanh(inside))
    return z


def classification_loss(parameters):
    """Mean cross-entropy over the 24 points."""
    losses = [(1 + (score(point, parameters) * (1 - 2 * int(label))).exp()).log() for point, label in zip(X, y)]
    return sum(losses) / len(losses)


network = [Value(number) for number in np.random.default_rng(1).normal(scale=0.5, size=17)]
graph = topological_order(classification_loss(network))
print("parameters:", len(network), "  nodes in the graph of one step:", len(graph))


# %% id="training" locked=true demo=true check=true
def watched(parameters, steps, lr):
    """Train, and keep the loss and the parameters before each step, and after the last."""
    losses, snapshots = [], []
    for _ in range(steps + 1):
        snapshots.append([parameter.data for parameter in parameters])
        losses.append(train_step(parameters, classification_loss, lr))
    return losses, snapshots


losses, snapshots = watched(network, 200, 0.3)
decisions = score(X.T, snapshots[-1]) > 0
print(f"loss before training {losses[0]:.3f}, after 200 steps {losses[-1]:.3f}")
print("points on the right side:", int(np.sum(decisions == y)), "of", len(y))

# %% [markdown]
# Press the play button, or move the slider: on the left you see the probability of class 1 after each step, on the right
# the loss until then. (Without a running kernel or without `ipywidgets` there is no slider, and the picture shows the
# network at the end.)

# %% id="film" locked=true demo=true
from given import explore, plot_boundary


def probability(points, *parameters):
    """Probability of class 1 for points (m, 2)."""
    return 1 / (1 + np.exp(-score(points.T, parameters)))


def picture(step):
    """The boundary after a step, and the loss until then."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    plot_boundary(X, y, probability, snapshots[step], f"after {step} steps", left)
    right.plot(losses[: step + 1], linewidth=2)
    right.set(xlim=(0, 200), ylim=(0, 1), xlabel="steps", ylabel="mean cross-entropy")
    right.grid(alpha=0.3)
    return fig


explore(picture, on_release=True, play="step", step=(0, 200, 200, 10))

# %% [markdown]
# Change what you like: the tanh for the relu, four neurons for six, another loss. No derivation has to be done again,
# because the machine finds its way back through whatever you write.
#
# Libraries such as PyTorch and JAX work on the same principle, with one difference that matters in practice: their nodes
# are whole **arrays** instead of single numbers. One node then holds a layer for a whole batch, so the graph has
# far fewer nodes, and NumPy-like code does the arithmetic. The names are familiar, too: in PyTorch, a step of training is
# `optimizer.zero_grad()`, `loss = ...`, `loss.backward()`, `optimizer.step()`.

# %% [markdown]
# ## Key points
#
# - A computation is a **graph**. Each operation knows its result and its **local derivatives**, and no more.
# - **Along a path, multiply; over all paths, add.** This is the chain rule for any graph.
# - In **topological order** read backward, each node passes its gradient on once, when it is complete. One walk gives the
#   derivatives with respect to all leaves: this is **reverse mode**, or backpropagation.
# - Gradients are **added**, so they have to be set to 0 before the next way back.
# - **Check** each operation against a central difference. Everything else is bookkeeping.
#
# **To read.** D. E. Rumelhart, G. E. Hinton and R. J. Williams, *Learning representations by back-propagating errors*,
# Nature 323 (1986), 533-536: the article that made backpropagation known. M. Nielsen, *Neural Networks and Deep Learning*
# (Determination Press, 2015), chapter 2: backpropagation at leisure. A. G. Baydin, B. A. Pearlmutter, A. A. Radul and J. M.
# Siskind, *Automatic differentiation in machine learning: a survey*, Journal of Machine Learning Research 18 (153), 2018:
# also on forward mode, and on what automatic differentiation is not. A. Karpathy's *micrograd* is a machine like yours, in
# about a hundred lines.

# %% [markdown]
# ## Where to go from here
#
# You have built a neuron, a network, backpropagation, a classifier, and a machine that differentiates. Most of what is
# called deep learning is made of these parts, in larger numbers and with a few more ideas:
#
# - **Convolutional networks** (CNNs) share few weights over a whole image: the same small filter looks at every place. Y.
#   LeCun, L. Bottou, Y. Bengio and P. Haffner, *Gradient-based learning applied to document recognition*, Proceedings of the
#   IEEE 86 (1998), 2278-2324.
# - **Optimisers** replace the plain step: with momentum, or with a learning rate of its own for each parameter. D. P. Kingma
#   and J. Ba, *Adam: A method for stochastic optimization*, ICLR 2015.
# - **Regularisation** keeps a network from learning its training set by heart: weight decay, early stopping, dropout. N.
#   Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, *Dropout: A simple way to prevent neural networks
#   from overfitting*, Journal of Machine Learning Research 15 (2014), 1929-1958.
# - **Transformers** let every element of a sequence look at all others; large language models consist of them. A. Vaswani
#   and others, *Attention is all you need*, NeurIPS 2017.
# - **Libraries**: PyTorch and JAX do what your `Value` does, on arrays and on graphics cards; scikit-learn covers everything
#   before neural networks, and splitting, scaling and judging as well.
#
# **Books.** I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning* (MIT Press, 2016), the standard text; S. J. D. Prince,
# *Understanding Deep Learning* (MIT Press, 2023), newer and full of figures; A. Zhang, Z. C. Lipton, M. Li and A. J. Smola,
# *Dive into Deep Learning* (Cambridge University Press, 2023), with code on every page. All three can be read online.
#
# **Courses.** Stanford's CS231n, *Deep Learning for Computer Vision*, whose notes and assignments are public; A. Karpathy's
# *Neural Networks: Zero to Hero*, videos that begin with a machine like yours and end with a language model.
#
# A good next step: take the data of Lab 4, build the same classifier in a library, and check its gradients with your own
# machine.

# %% id="summary" locked=true demo=true
# Your results so far. Run this cell last, or run the whole notebook.
import check

check.summary("06_automatic_differentiation")
