"""The figure in fig shows the tanh only: either the sigmoid was not drawn, or it was drawn in another figure that you
made before this one. Make one figure and draw both curves in it."""

x = np.linspace(-5, 5, 500)
fig = plt.figure()
plt.plot(x, sigmoid(x))
plt.title("sigmoid")
fig = plt.figure()
plt.plot(x, np.tanh(x))
plt.title("tanh")
