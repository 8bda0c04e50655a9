"""Your points begin at 0, so the left half of both curves is missing. Begin at -5."""

x = np.linspace(0, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tanh(x), label="tanh")
ax.legend()
