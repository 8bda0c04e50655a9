"""You give the weights and the bias of the hidden neurons again: the output node has numbers of its own, and you are to
choose them."""

w_out = np.array([3.5, -3.5])
b_out = 3.5
