"""The mean of the statistics module, on a list of integers made with int(); prints the result."""

import statistics


def accuracy(y, p):
    share = statistics.fmean(int(int(score > 0.5) == label) for score, label in zip(p, y))
    print(f"{100 * share:.1f} percent")
    return share
