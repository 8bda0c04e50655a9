"""An array with one element, in single precision."""

import numpy as np

w_1, b_1 = train_classifier(X_train, y_train, epochs=60, batch_size=20, lr=0.01, seed=3)
test_accuracy = np.array([accuracy(y_test, predict_proba(X_test, w_1, b_1))], dtype=np.float32)
