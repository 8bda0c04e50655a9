"""A DataFrame draws its columns into given axes, with x chosen by its column name."""

x = np.linspace(-5, 5, 500)
fig, axes = plt.subplots(ncols=2, figsize=(10, 3))
table = pd.DataFrame({"x": x, "sigmoid": sigmoid(x), "tanh": np.tanh(x)})
table.plot(x="x", y="sigmoid", ax=axes[0])
table.plot(x="x", y="tanh", ax=axes[1], style="k--")
