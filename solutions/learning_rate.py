"""Lab 03, exercise `learning_rate`: a learning rate with which one step from the start brings z_3 closer to y.

Any positive number below about 0.45 does. 0.22 nearly lands on the target.
"""

# --- answer ---
lr_small = 0.1
