"""Lab 01, exercise `plot_sig`: 500 points from -5 to 5, and a figure of the sigmoid and the tanh over them."""

import matplotlib.pyplot as plt
import numpy as np

from solutions.sigmoid import sigmoid

# --- answer ---
x = np.linspace(-5.0, 5.0, 500)

fig, (left, right) = plt.subplots(1, 2, sharey=True, figsize=(11, 4.5))
left.plot(x, sigmoid(x), lw=2.5)
left.set(title="sigmoid", xlabel="$z$", ylabel=r"$\sigma(z)$")
right.plot(x, np.tanh(x), lw=2.5)
right.set(title="tanh", xlabel="$z$", ylabel=r"$\tanh(z)$")
