"""Both curves in one of two subfigures, which is what fig holds."""

x = np.linspace(-5, 5, 500)
whole = plt.figure(figsize=(10, 4))
fig, beside = whole.subfigures(1, 2)
ax = fig.subplots()
ax.plot(x, sigmoid(x))
ax.plot(x, np.tanh(x))
