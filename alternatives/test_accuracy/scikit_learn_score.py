"""scikit-learn's accuracy_score with positional arguments, after 20 epochs."""

from sklearn.metrics import accuracy_score

w_1, b_1 = train_classifier(X_train, y_train, 20, 10, 0.01, 7)
test_accuracy = accuracy_score(y_test, predict_proba(X_test, w_1, b_1) > 0.5)
