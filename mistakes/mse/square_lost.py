"""It looks as if you take the mean of the plain differences, so that positive and negative errors cancel. The S in MSE
stands for squared: what has to happen to each difference first?"""

import numpy as np


def mse(y, y_out):
    return np.mean(y - y_out)
