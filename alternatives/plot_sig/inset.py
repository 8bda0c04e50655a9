"""The tanh in the axes, the sigmoid in an inset."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, np.tanh(x))
inset = ax.inset_axes([0.1, 0.6, 0.3, 0.3])
inset.plot(x, sigmoid(x))
