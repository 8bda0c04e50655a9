"""x in float32."""

x = np.linspace(-5, 5, 500, dtype=np.float32)
fig, ax = plt.subplots()
ax.plot(x, sigmoid(x))
ax.plot(x, np.tanh(x))
