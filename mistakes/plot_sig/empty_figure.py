"""The figure in fig is empty: it looks as if it was created after the curves were drawn or shown in another figure.
Create the figure first, then draw in it."""

x = np.linspace(-5, 5, 500)
plt.plot(x, sigmoid(x), label="sigmoid")
plt.plot(x, np.tanh(x), label="tanh")
plt.legend()
fig = plt.figure()
