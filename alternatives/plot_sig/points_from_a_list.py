"""x is a list built in Python, and so are the values of the curves."""

import math

x = [-5 + 10 * i / 499 for i in range(500)]
curve_1 = []
curve_2 = []
for value in x:
    curve_1.append(1 / (1 + math.exp(-value)))
    curve_2.append(math.tanh(value))
fig = plt.figure()
ax = fig.add_subplot(1, 1, 1)
ax.plot(x, curve_1)
ax.plot(x, curve_2)
