"""Both curves without any axes around them, seen from -4 to 4 only."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x))
ax.plot(x, np.tanh(x))
ax.set(xlim=(-4, 4), ylim=(-1, 1))
ax.set_axis_off()
