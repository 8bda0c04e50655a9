"""pyplot's stateful style, two subplots, values from list comprehensions."""

x = np.linspace(-5.0, 5.0, 500)  # input points
print(x[:5])
### plot
fig = plt.figure(figsize=(9, 3))

plt.subplot(121)
plt.plot(x, [sigmoid(i) for i in x], label="sigmoid")
plt.title("sigmoid")

plt.subplot(122)
plt.plot(x, [np.tanh(i) for i in x], label="tanh")
plt.title("tanh")

plt.show()
