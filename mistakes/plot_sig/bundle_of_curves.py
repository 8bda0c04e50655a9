"""Your figure holds many curves of different steepness. The task asks for two: the sigmoid and the tanh as they are."""

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
for steepness in np.linspace(0.5, 2, 61):
    ax.plot(x, np.tanh(steepness * x))
    ax.plot(x, 1 / (1 + np.exp(-steepness * x)))
