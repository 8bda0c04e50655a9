"""The build: it reads labs/*.py and solutions/, and writes source/, release/ and notebooks/.

Guarantees:

- `source/<lab>/<lab>.ipynb` holds, between BEGIN SOLUTION and END SOLUTION, exactly the text that `%load` loads.
- `release/<lab>/<lab>.ipynb` is the output of nbgrader's generate_assignment for it: no answer, no hidden test.
- `notebooks/<lab>_in_class.ipynb` is the in-class copy: a `# %load ...` cell after each answer cell, nothing graded.
- The same input gives the same bytes. Only changed files are written, and built files of removed labs are deleted.
- All or nothing: if a rule is violated, nothing is written, and every violation is shown with file, line and text.

The modules, in the order in which the text passes through them: `course` (reading), `parse` (cells of a lab), `answers`
(the text that `%load` loads), `inline` (functions given in set-up cells), `figures`, `expected` (recorded output of
marked cells), `source`, `inclass`, `release`; the rules `checks`, `links`, `testcells`, `order`, `leaks`; and `write`.
"""
