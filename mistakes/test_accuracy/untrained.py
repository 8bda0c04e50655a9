"""Your test_accuracy is that of the untrained neuron, with w_1 = (1, 1) and b_1 = 1. Train the neuron first, and use
the parameters that the training returns."""

import numpy as np

w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=0)
test_accuracy = accuracy(y_test, predict_proba(X_test, np.array([1.0, 1.0]), np.array([1.0])))
