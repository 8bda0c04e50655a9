"""Your second curve shoots up and down, because it is the tangent of trigonometry: the hyperbolic tangent has one more
letter."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x), label="sigmoid")
ax.plot(x, np.tan(x), label="tanh")
ax.legend()
