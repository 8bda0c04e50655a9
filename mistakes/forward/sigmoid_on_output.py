"""It looks as if you sent the output through the sigmoid as well. In this network the output neuron is linear: it
passes z_3 on as it is."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    z_3 = sigmoid(h_1_2 @ w_2 + b_2)
    return z_1_2, h_1_2, z_3
