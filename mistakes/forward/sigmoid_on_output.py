"""It looks as if you apply the sigmoid to the output as well. The output neuron of this network is linear: return z_3
as it is."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = sigmoid(h_1_2 @ w_2 + b_2)
    return z_1_2, h_1_2, z_3
