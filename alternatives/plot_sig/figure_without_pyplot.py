"""A Figure created without pyplot."""

from matplotlib.figure import Figure

x = np.linspace(-5, 5, 500)
fig = Figure(figsize=(6, 4))
axes = fig.add_axes([0.1, 0.1, 0.8, 0.8])
axes.plot(x, sigmoid(x))
axes.plot(x, np.tanh(x))
