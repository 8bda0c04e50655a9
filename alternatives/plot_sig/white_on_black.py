"""A dark style with white curves."""

x = np.linspace(-5, 5, 500)
with plt.style.context("dark_background"):
    fig, ax = plt.subplots()
    ax.plot(x, sigmoid(x), "w")
    ax.plot(x, np.tanh(x), "w--")
