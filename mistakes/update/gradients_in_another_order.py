"""It looks as if you unpack the gradients as weights first, then biases. They come in the same order as the
parameters."""

# spreads: test_train


def update(parameters, gradients, lr):
    w_1, b_1, w_2, b_2 = parameters
    dL_dw1, dL_dw2, dL_db1, dL_db2 = gradients
    return w_1 - lr * dL_dw1, b_1 - lr * dL_db1, w_2 - lr * dL_dw2, b_2 - lr * dL_db2
