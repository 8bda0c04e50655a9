"""It looks as if w_1 and w_2 are swapped. w_1 belongs to the hidden neurons and w_2 to the output neuron."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_2 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = h_1_2 @ w_1 + b_2
    return z_1_2, h_1_2, z_3
