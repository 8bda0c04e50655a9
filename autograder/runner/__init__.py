"""The untrusted side: what runs inside the sandbox. It holds the student's cells, and no test, no answer, no secret.

`warm` is the parent that has everything loaded and forks; `restrict` is what a fork does to itself before it reads a
single line of a student's; `serve` is the fork's loop: run a cell, hand out values, call a function.
"""
