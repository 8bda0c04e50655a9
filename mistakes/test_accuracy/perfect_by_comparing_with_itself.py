"""1.0 is too good to be true: it looks as if the decisions were compared with themselves and not with y_test. The two
clouds overlap, so some points must be wrong."""

w_1, b_1 = train_classifier(X_train, y_train, epochs=100, batch_size=10, lr=0.01, seed=0)
decisions = predict_proba(X_test, w_1, b_1) > 0.5
test_accuracy = accuracy(decisions, predict_proba(X_test, w_1, b_1))
