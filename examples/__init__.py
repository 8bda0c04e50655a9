"""The example class: what `make grade` grades when nothing was handed in yet."""
