"""With a learning rate of 0 you stay where you are. Choose a small number above 0."""

lr_small = 0
