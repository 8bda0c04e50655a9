"""It looks as if dL_db2 is multiplied by b_2. Differentiate z_3 with respect to b_2: is b_2 still in the result?"""

# fails: test_backprop_dL_db2
# spreads: test_train


def backprop(x, y, w_1, b_1, w_2, b_2):
    z_1_2, h_1_2, z_3 = forward(x, w_1, b_1, w_2, b_2)
    dL_dw1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2) * x
    dL_db1 = 2 * (z_3 - y) * w_2 * sigmoid_derivative(z_1_2)
    dL_dw2 = 2 * (z_3 - y) * h_1_2
    dL_db2 = 2 * (z_3 - y) * b_2
    return dL_dw1, dL_db1, dL_dw2, dL_db2
