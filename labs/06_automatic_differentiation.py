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

# %% id="setup" locked=true
# Run this cell first.
import numpy as np

try:
    import check
except ModuleNotFoundError:
    raise ModuleNotFoundError("given.py or the folder check is missing: keep both beside this notebook.") from None

from labs.given import Node

# %% [markdown] exercise="by_hand" minutes=5
# ### Exercise: by_hand
#
# <details><summary>Hint 1: the idea</summary>
#
# x
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# x
#
# </details>

# %% answer="by_hand"
from solutions.by_hand import dL_du, dL_db, dL_da

# %% test="by_hand" points=1
import check

check.by_hand(dL_du, dL_db, dL_da)

# %% [markdown] exercise="value" minutes=5
# ### Exercise: value
#
# <details><summary>Hint 1: the idea</summary>
#
# x
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# x
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

# %% [markdown] exercise="topological_order" minutes=5
# ### Exercise: topological_order
#
# <details><summary>Hint 1: the idea</summary>
#
# x
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# x
#
# </details>

# %% answer="topological_order"
from solutions.topological_order import topological_order

# %% test="topological_order" points=2
import check

check.topological_order(topological_order)

# %% [markdown] exercise="backward" minutes=5
# ### Exercise: backward
#
# <details><summary>Hint 1: the idea</summary>
#
# x
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# x
#
# </details>

# %% answer="backward"
from solutions.backward import backward

# %% test="backward" points=3
import check

check.backward(backward)

# %% [markdown] exercise="network_loss" minutes=5
# ### Exercise: network_loss
#
# <details><summary>Hint 1: the idea</summary>
#
# x
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# x
#
# </details>

# %% answer="network_loss"
from solutions.network_loss import network_loss

# %% test="network_loss" points=2
import check

check.network_loss(network_loss, Value)

# %% [markdown] exercise="train_step" minutes=5
# ### Exercise: train_step
#
# <details><summary>Hint 1: the idea</summary>
#
# x
#
# </details>
#
# <details><summary>Hint 2: the formula</summary>
#
# x
#
# </details>

# %% answer="train_step"
from solutions.train_step import train_step

# %% test="train_step" points=2
import check

check.train_step(train_step)
