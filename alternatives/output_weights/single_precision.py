"""float32, and slightly unequal weights."""

w_out = np.array([0.95, 0.94], dtype=np.float32)
b_out = np.float32(-0.96)
