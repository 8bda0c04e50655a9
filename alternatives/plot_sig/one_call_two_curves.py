"""One call of plot draws both curves."""

x = np.linspace(-5, 5, 500)
fig = plt.figure()
plt.plot(x, sigmoid(x), x, np.tanh(x))
