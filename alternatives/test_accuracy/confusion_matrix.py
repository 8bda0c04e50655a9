"""The diagonal of scikit-learn's confusion matrix; a 0-d array."""

import numpy as np
from sklearn.metrics import confusion_matrix

w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=40, lr=0.01, seed=1)
table = confusion_matrix(y_test, [int(p > 0.5) for p in predict_proba(X_test, w_1, b_1)])
test_accuracy = np.array(np.trace(table) / np.sum(table))
