"""Your z_1_2 has already been through the sigmoid. The backward pass needs the values before and after the activation,
so keep them under two names."""

# spreads: test_backprop_dL_db1, test_backprop_dL_dw1, test_train


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = sigmoid(w_1 * x + b_1)
    h_1_2 = z_1_2
    z_3 = h_1_2 @ w_2 + b_2
    return z_1_2, h_1_2, z_3
