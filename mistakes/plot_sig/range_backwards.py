"""Your points run from 5 down to -5. The task asks for points from -5 up to 5."""

x = np.linspace(5, -5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tanh(x), label="tanh")
ax.legend()
