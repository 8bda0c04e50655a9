"""With a negative learning rate you walk uphill. The minus sign stands in the update already; choose a small number
above 0."""

lr_small = -0.1
