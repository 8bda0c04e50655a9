"""Your lr_small is a string, because it is written in quotation marks. Write it as a number, without them."""

lr_small = "0.1"
