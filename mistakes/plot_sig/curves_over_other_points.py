"""x is right, but your curves are drawn over other, coarser points. Draw them over x."""

x = np.linspace(-5, 5, 500)
z = np.arange(-5, 6)
fig, ax = plt.subplots()
ax.plot(z, sigmoid(z), label="sigmoid")
ax.plot(z, np.tanh(z), label="tanh")
ax.legend()
