"""Lab 02, exercise `output_weights`: output weights that turn two given sigmoids into nearly a Gaussian.

With weights 1 the sum h_1 + h_2 has the right shape and stands on a floor of height 1: far to the left one neuron is
on and the other off, far to the right the other way round. An output bias of -1 takes the floor away.
"""

import numpy as np

# --- answer ---
w_out = np.array([1.0, 1.0])
b_out = -1.0
