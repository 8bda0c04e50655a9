"""The build: labs/*.py and solutions/ in, source/, release/ and notebooks/ out.

What it guarantees:

- `source/<lab>/<lab>.ipynb` holds, between BEGIN SOLUTION and END SOLUTION, exactly the text that `%load` loads.
- `release/<lab>/<lab>.ipynb` is what nbgrader's own generate_assignment makes of it: no answer, no hidden test.
- `notebooks/<lab>.ipynb` is the in-class copy: a `# %load ...` cell after each answer cell, nothing graded.
- The same input gives the same bytes. Only files that changed are written; what was built of a lab that is gone goes.
- All or nothing: when one rule is broken nothing is written, and every breach is shown with its file, line and text.

The modules, in the order in which the text passes through them: `course` (read), `parse` (cells of a lab), `answers`
(the text that `%load` loads), `inline` (functions that set-up cells hand out), `figures`, `expected` (what marked cells
print), `source`, `inclass`, `release`; then the rules: `checks`, `links`, `testcells`, `order`, `leaks`; and `write`.
"""
