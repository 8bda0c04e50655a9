"""A NumPy number in single precision."""

import numpy as np

lr_small = np.float32(0.3)
