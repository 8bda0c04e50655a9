"""A DataFrame over x draws its columns; fig is taken from the axes."""

x = np.linspace(-5, 5, 500)
table = pd.DataFrame({"sigmoid": sigmoid(x), "tanh": np.tanh(x)}, index=x)
fig = table.plot(title="activations").figure
