"""The optimal values, by linear least squares."""

points = np.linspace(-5, 5, 500)
target = np.exp(-(points**2))
outputs = 1 / (1 + np.exp(-(np.outer(points, [3.5, -3.5]) + 3.5)))
solution = np.linalg.lstsq(np.column_stack([outputs, np.ones(500)]), target, rcond=None)[0]
w_out = solution[:2]
b_out = solution[2]
