"""With a learning rate of 0.5 the step still goes too far: z_3 ends up below y, and further from it than before. Try a
smaller one, and compare the two distances."""

lr_small = 0.5
