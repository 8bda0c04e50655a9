"""w_out holds three numbers: it looks as if the bias is one of them. Keep the bias in b_out and two weights in
w_out."""

x = np.linspace(-5, 5, 500)
h = hidden_layer(x, np.array([3.5, -3.5]), np.array([3.5, 3.5]))
columns = np.column_stack([h, np.ones(500)])
w_out, residuals, rank, singular_values = np.linalg.lstsq(columns, np.exp(-(x**2)), rcond=None)
b_out = w_out[2]
