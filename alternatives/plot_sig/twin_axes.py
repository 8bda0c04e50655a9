"""The tanh on a second vertical axis."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
right = ax.twinx()
right.plot(x, np.tanh(x), color="tab:red", label="tanh")
