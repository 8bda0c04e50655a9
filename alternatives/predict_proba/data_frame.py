"""Uses a pandas DataFrame; returns a Series."""

import pandas as pd


def predict_proba(X, w_1, b_1):
    points = pd.DataFrame(X, columns=["first", "second"])
    score = points["first"] * w_1[0] + points["second"] * w_1[1] + b_1[0]
    return score.map(sigmoid)
