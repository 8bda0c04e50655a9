"""Your output weights have opposite signs, so one neuron is subtracted from the other and there is no bump. Plot h_1,
h_2 and their sum again."""

w_out = np.array([1.0, -1.0])
b_out = 0.0
