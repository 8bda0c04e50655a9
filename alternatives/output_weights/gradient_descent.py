"""Gradient descent from weights of 1 and a bias of 0."""

points = np.linspace(-5, 5, 500)
h = hidden_layer(points, np.array([3.5, -3.5]), np.array([3.5, 3.5]))
w_out = np.ones(2)
b_out = 0.0
for step in range(2000):
    error = h @ w_out + b_out - gaussian(points)
    w_out = w_out - 0.2 * 2 * h.T @ error / len(points)
    b_out = b_out - 0.2 * 2 * error.mean()
