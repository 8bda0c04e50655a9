"""fig is None, because show displays figures and returns nothing: keep the figure in fig when you make it, before you
draw."""

x = np.linspace(-5, 5, 500)
plt.plot(x, sigmoid(x), label="sigmoid")
plt.plot(x, np.tanh(x), label="tanh")
plt.legend()
fig = plt.show()
