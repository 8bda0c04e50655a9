"""Two subfigures with one curve each."""

x = np.linspace(-5, 5, 500)
fig = plt.figure(figsize=(10, 4))
left, right = fig.subfigures(1, 2)
left.subplots().plot(x, sigmoid(x))
right.subplots().plot(x, np.tanh(x))
