"""Your test_accuracy is 1: it looks as if the decisions are compared with themselves instead of y_test. The two classes
overlap, so some points must be classified wrongly."""

w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=0)
decisions = predict_proba(X_test, w_1, b_1) > 0.5
test_accuracy = accuracy(decisions, predict_proba(X_test, w_1, b_1))
