"""Your second curve is the tanh of the sigmoid, which never goes below 0. Plot the tanh of x itself."""

x = np.linspace(-5, 5, 500)
y = sigmoid(x)
fig, ax = plt.subplots()
ax.plot(x, y, label="sigmoid")
y = np.tanh(y)
ax.plot(x, y, label="tanh")
ax.legend()
