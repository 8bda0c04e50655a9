"""x has as many points as linspace makes when it is not told how many: the task names the number of points, give it as
the third argument."""

x = np.linspace(-5, 5)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tanh(x), label="tanh")
ax.legend()
