"""Both curves in one axes, in the object-oriented style, with labels."""

x = np.linspace(-5, 5, num=500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), "r--", label="sigmoid")
ax.plot(x, np.tanh(x), "b:", label="tanh")
ax.set_xlabel("x")
ax.grid(True)
ax.legend(loc="best")
