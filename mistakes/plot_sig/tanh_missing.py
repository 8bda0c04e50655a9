"""Your figure shows the sigmoid only: draw the tanh as well, beside it or over it."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.legend()
