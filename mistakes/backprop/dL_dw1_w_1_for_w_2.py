"""It looks as if dL_dw1 is multiplied by w_1. Go back from z_3: which weights lie between the hidden neurons and the
output?"""

# fails: test_backprop_dL_dw1
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dw1 = 2 * (z_3 - y) * w_1 * sigmoid_derivative(z_1_2) * x
    dL_db1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    dL_dw2 = 2 * (z_3 - y) * h_1_2
    dL_db2 = 2 * (z_3 - y)
    return dL_dw1, dL_db1, dL_dw2, dL_db2
