"""Your H lies between 0 and 1: it looks as if the hidden neurons have the sigmoid. In this lab they have the tanh."""

# spreads: test_backprop_batch_dL_db2, test_backprop_batch_dL_dw2, test_backprop_batch_dL_db1, test_backprop_batch_dL_dW1, test_train_network, test_choose_network


def forward_batch(X, W_1, b_1, w_2, b_2):
    Z_1 = X @ W_1 + b_1
    H = sigmoid(Z_1)
    p = sigmoid(H @ w_2 + b_2)
    return Z_1, H, p
