"""Both curves are in your figure, but a reader cannot see them. Look at `alpha`, `visible`, the colour, the line width
and the limits of the axes."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), alpha=0)
ax.plot(x, np.tanh(x), visible=False)
