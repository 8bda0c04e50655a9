"""A 0-d array."""

import numpy as np

lr_small = np.array(0.05)
