"""x from arange, scaled to end exactly at 5, and tanh expressed by the sigmoid."""

x = np.arange(500) / 499 * 10 - 5
fig, (ax1, ax2) = plt.subplots(1, 2)
ax1.plot(x, sigmoid(x))
ax2.plot(x, 2 * sigmoid(2 * x) - 1)
