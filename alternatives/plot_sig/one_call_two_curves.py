"""One call of plot with both curves in it."""

x = np.linspace(-5, 5, 500)
fig = plt.figure()
plt.plot(x, sigmoid(x), x, np.tanh(x))
