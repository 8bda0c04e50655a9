"""An array without dimensions."""

import numpy as np

lr_small = np.array(0.05)
