"""The figure in fig shows only the tanh. The sigmoid was not drawn, or it is in a figure that you created earlier:
create one figure and draw both curves in it."""

x = np.linspace(-5, 5, 500)
fig = plt.figure()
plt.plot(x, sigmoid(x))
plt.title("sigmoid")
fig = plt.figure()
plt.plot(x, np.tanh(x))
plt.title("tanh")
