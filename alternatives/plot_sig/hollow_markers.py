"""Small markers in place of a line, hollow ones for the tanh; thin and half transparent."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), ".", ms=2, alpha=0.4)
ax.plot(x, np.tanh(x), "o", ms=3, mfc="none")
