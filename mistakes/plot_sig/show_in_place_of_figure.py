"""fig is None: it looks as if you assigned the result of show, which returns nothing. Assign the figure to fig when you
create it, before you draw."""

x = np.linspace(-5, 5, 500)
plt.plot(x, sigmoid(x), label="sigmoid")
plt.plot(x, np.tanh(x), label="tanh")
plt.legend()
fig = plt.show()
