"""With 0.5 you still overshoot: z_3 lands below y, further away than it was before. Try a smaller one, and compare
both distances."""

lr_small = 0.5
