"""A thousand epochs; the share is a pandas mean."""

import pandas as pd

trained = train_classifier(X_train, y_train, epochs=1000, batch_size=10, lr=0.01, seed=0)
result = pd.DataFrame({"label": y_test, "p": predict_proba(X_test, *trained)})
w_1, b_1 = trained
test_accuracy = ((result["p"] > 0.5) == result["label"].astype(bool)).mean()
