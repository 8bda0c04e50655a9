"""b_out has one element per hidden neuron. There is only one output neuron, so its bias is a single number."""

w_out = np.array([1.0, 1.0])
b_out = np.array([-0.5, -0.5])
