"""x is a column of shape (500, 1), and so are the curves."""

x = np.linspace(-5, 5, 500).reshape(-1, 1)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x))
ax.plot(x, np.tanh(x))
