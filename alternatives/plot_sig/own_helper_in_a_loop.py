"""A helper function draws one curve; a loop calls it."""

x = np.linspace(-5, 5, 500)


def draw(ax, function, name):
    ax.plot(x, function(x), label=name)
    ax.set_title(name)
    ax.legend()


fig, axes = plt.subplots(1, 2, figsize=(9, 3))
for ax, (name, function) in zip(axes, {"tanh": np.tanh, "sigmoid": sigmoid}.items()):
    draw(ax, function, name)
fig.suptitle("Two activations")
