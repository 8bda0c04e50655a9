"""Scatter plots instead of lines."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.scatter(x, sigmoid(x), s=2, label="sigmoid")
ax.scatter(x, np.tanh(x), s=2, label="tanh")
ax.legend()
