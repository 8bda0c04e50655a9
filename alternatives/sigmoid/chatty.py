"""Prints its argument, warns on stderr, and has a second parameter with a default."""

import sys
import warnings


def sigmoid(z, verbose=True):
    if verbose:
        print("sigmoid of", np.shape(z))
        print("working...", file=sys.stderr)
        warnings.warn("this sigmoid is slow")
    return 1 / (1 + np.exp(-z))
