"""Your function returns only z_3. The backward pass also needs the intermediate values, so the task asks for three
results."""

# spreads: test_backprop_dL_db1, test_backprop_dL_db2, test_backprop_dL_dw1, test_backprop_dL_dw2, test_train


def forward(x, w_1, b_1, w_2, b_2):
    z_1_2 = w_1 * x + b_1
    h_1_2 = sigmoid(z_1_2)
    return h_1_2 @ w_2 + b_2
