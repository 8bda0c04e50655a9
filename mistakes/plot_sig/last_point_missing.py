"""x has the right number of points, but the last one falls short of 5: arange leaves out its end. Use a function that
takes the number of points and includes both ends."""

x = np.arange(-5, 5, 0.02)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tanh(x), label="tanh")
ax.legend()
