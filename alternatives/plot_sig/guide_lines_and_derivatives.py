"""Asymptotes, a tangent, a grid, single markers, a white rim around one curve, and both derivatives."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
h = sigmoid(x)
ax.plot(x, h, color="white", lw=6)
ax.plot(x, h, label="sigmoid")
ax.plot(x, np.tanh(x), "--", label="tanh")
ax.plot(x, h * (1 - h), ":")
ax.plot(x, 1 - np.tanh(x) ** 2, ":")
for height in (-1, 0, 1):
    ax.axhline(height, color="grey", ls=":")
ax.plot(x, x / 4 + 0.5, "k:", lw=0.5)
ax.plot(x, np.ones(500))
ax.plot([0, 0], [0, 0.5], "ko")
ax.vlines([-2, 2], -1, 1, colors="grey")
ax.grid(True)
ax.legend()
