"""Your output bias moves the curve even further up. Which sign moves it down?"""

w_out = np.array([1.0, 1.0])
b_out = 1.0
