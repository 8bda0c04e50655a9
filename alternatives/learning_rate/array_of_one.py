"""An array with one element."""

import numpy as np

lr_small = np.array([0.2])
