"""The number of points is right, but the last one falls short of 5, because arange stops before its end: use a function
that takes the number of points and includes both ends."""

x = np.arange(-5, 5, 0.02)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tanh(x), label="tanh")
ax.legend()
