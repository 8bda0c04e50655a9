"""Works in float32."""


def hidden_layer(x, w, b):
    z = np.outer(x, w).astype(np.float32) + b.astype(np.float32)
    return sigmoid(z).astype(np.float32)
