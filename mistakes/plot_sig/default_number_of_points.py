"""x has 50 points, which is the default of linspace. Pass the number of points that the task asks for as the third
argument."""

x = np.linspace(-5, 5)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tanh(x), label="tanh")
ax.legend()
