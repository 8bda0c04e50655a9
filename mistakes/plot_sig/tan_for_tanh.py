"""Your second curve jumps between very large and very small values: it looks as if it is the tangent of trigonometry.
The name of the hyperbolic tangent has one more letter."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tan(x), label="tanh")
ax.legend()
