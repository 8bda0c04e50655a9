"""Your curves lie on their side: the first argument of plot goes along the horizontal axis, the second one up."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(sigmoid(x), x, label="sigmoid")
ax.plot(np.tanh(x), x, label="tanh")
ax.legend()
