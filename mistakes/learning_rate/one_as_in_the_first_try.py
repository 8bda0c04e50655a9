"""With a learning rate of 1 the step goes far past the target: z_3 becomes about -3.15, and the loss grows from 1.03 to
12.4. Try a much smaller one."""

lr_small = 1.0
