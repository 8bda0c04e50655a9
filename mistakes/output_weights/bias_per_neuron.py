"""b_out has an element for every neuron: there is one output node, so it is one number."""

w_out = np.array([1.0, 1.0])
b_out = np.array([-0.5, -0.5])
