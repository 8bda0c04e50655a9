"""NumPy's float32 numbers."""

limit_plus_infinity = np.float32(1)
limit_minus_infinity = np.float32(0)
