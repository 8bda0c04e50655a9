"""Your figure shows only the sigmoid. Draw the tanh as well, in the same axes or in axes beside it."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.legend()
