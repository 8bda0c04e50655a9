"""It looks as if you compute z_3 from z_1_2. The output neuron receives what the hidden neurons put out, after their
activation."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = z_1_2 @ w_2 + b_2
    return z_1_2, h_1_2, z_3
