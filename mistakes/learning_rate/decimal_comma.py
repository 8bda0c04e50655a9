"""Your lr_small is a tuple of two numbers, because Python uses a point as the decimal separator. Replace the comma by a
point."""

lr_small = 0, 1
