"""Lab 03, exercise `learning_rate`: a learning rate with which one step from the start brings z_3 closer to y.

Any positive number below about 0.6 does; 0.2 nearly reaches the target.
"""

# --- answer ---
lr_small = 0.1
