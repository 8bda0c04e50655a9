"""Your output bias lifts the curve still higher: which sign brings it down?"""

w_out = np.array([1.0, 1.0])
b_out = 1.0
