"""It looks as if your function returns the parameters after a step instead of the gradients. Return the gradients;
update, the next exercise, makes the step."""

# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    lr = 0.01
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dw1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2) * x
    dL_db1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    dL_dw2 = 2 * (z_3 - y) * h_1_2
    dL_db2 = 2 * (z_3 - y)
    return w_1 - lr * dL_dw1, b_1 - lr * dL_db1, w_2 - lr * dL_dw2, b_2 - lr * dL_db2
