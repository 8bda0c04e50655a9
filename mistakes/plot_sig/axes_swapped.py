"""Your curves lie on their side. The first argument of plot is the horizontal coordinate, the second is the vertical
one."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(sigmoid(x), x, label="sigmoid")
ax.plot(np.tanh(x), x, label="tanh")
ax.legend()
