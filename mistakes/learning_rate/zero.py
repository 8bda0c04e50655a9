"""With a learning rate of 0 the parameters do not move. Choose a small number above 0."""

lr_small = 0
