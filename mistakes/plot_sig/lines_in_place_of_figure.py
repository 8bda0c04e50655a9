"""fig holds what plot returns, which is the list of drawn lines: ask pyplot for a figure first, keep it in fig, and
draw in it."""

x = np.linspace(-5, 5, 500)
fig = plt.plot(x, sigmoid(x), x, np.tanh(x))
