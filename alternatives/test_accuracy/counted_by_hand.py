"""Counts in a loop and divides two integers."""

import numpy as np

w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=42)
hits = 0
for point, label in zip(X_test, y_test):
    score = float(np.squeeze(np.dot(point, w_1) + b_1))
    hits += int((score > 0) == (label == 1))
test_accuracy = hits / len(y_test)
print(f"{test_accuracy:.0%} on the test set")
