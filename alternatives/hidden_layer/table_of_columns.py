"""Returns a DataFrame with one named column per neuron."""


def hidden_layer(x, w, b):
    return pd.DataFrame({f"neuron {j + 1}": sigmoid(w[j] * x + b[j]) for j in range(len(w))})
