"""The figure in fig is empty: it was made after the curves had been drawn (or shown), and they went into another one.
Make the figure first, then draw."""

x = np.linspace(-5, 5, 500)
plt.plot(x, sigmoid(x), label="sigmoid")
plt.plot(x, np.tanh(x), label="tanh")
plt.legend()
fig = plt.figure()
