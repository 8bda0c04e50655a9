"""Counts in a loop under names of its own, and divides two whole numbers."""

import numpy as np

weights, bias = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=42)
hits = 0
for point, label in zip(X_test, y_test):
    score = float(np.squeeze(np.dot(point, weights) + bias))
    hits += int((score > 0) == (label == 1))
test_accuracy = hits / len(y_test)
print(f"{test_accuracy:.0%} on the test set")
