"""Your lr_small is a pair of two numbers: Python writes the decimal point as a point, and a comma makes a tuple."""

lr_small = 0, 1
