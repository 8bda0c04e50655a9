"""Both of your curves are the sigmoid. One of them should be the tanh: check what you pass to the second plot."""

x = np.linspace(-5.0, 5.0, 500)
fig = plt.figure(figsize=(9, 3))
plt.subplot(121)
plt.plot(x, sigmoid(x), label="sigmoid")
plt.title("sigmoid")
plt.subplot(122)
plt.plot(x, sigmoid(x), label="tanh")
plt.title("tanh")
