"""Each curve as a LineCollection of 499 short strokes, coloured by its height."""

from matplotlib.collections import LineCollection

x = np.linspace(-5, 5, 500)
fig, ax = plt.subplots()
for y in (sigmoid(x), np.tanh(x)):
    points = np.column_stack([x, y]).reshape(-1, 1, 2)
    strokes = LineCollection(np.concatenate([points[:-1], points[1:]], axis=1), cmap="viridis")
    strokes.set_array(y[:-1])
    ax.add_collection(strokes)
ax.set_xlim(-5, 5)
ax.set_ylim(-1, 1)
