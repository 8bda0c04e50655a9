"""fig holds what plot returns, which is the list of drawn lines. Create a figure with pyplot first, assign it to fig,
and draw in it."""

x = np.linspace(-5, 5, 500)
fig = plt.plot(x, sigmoid(x), x, np.tanh(x))
