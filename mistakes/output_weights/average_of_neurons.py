"""You take the average of the two neurons, which makes the hump half as high as it should be and leaves it standing too
high: plot it beside f and adjust its height first, then the bias."""

w_out = np.array([0.5, 0.5])
b_out = 0.0
