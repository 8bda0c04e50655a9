"""It looks as if you update the weights but not the biases. All four parameters are learned."""

# spreads: test_train


def update(parameters, gradients, lr):
    w_1, b_1, w_2, b_2 = parameters
    dL_dw1, dL_db1, dL_dw2, dL_db2 = gradients
    w_1 = w_1 - lr * dL_dw1
    w_2 = w_2 - lr * dL_dw2
    return w_1, b_1, w_2, b_2
