"""You used the weights and the bias of the hidden neurons again. The output neuron has its own weights and bias, and
the task is to choose them."""

w_out = np.array([3.5, -3.5])
b_out = 3.5
