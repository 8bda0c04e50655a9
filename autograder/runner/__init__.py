"""The untrusted side: what runs inside the sandbox. It holds the student's cells, and no test, no answer, no secret.

`forkserver` is the warm parent, which has everything loaded and forks; `restrict` is what a fork does to itself before
any student code runs; `server` is the fork's loop: run a cell, hand out values, call a function.
"""
