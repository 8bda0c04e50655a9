"""The class report: statistics of the gradebook as one HTML page and CSV files beside it.

`pseudonyms` replaces students' names, `plots` draws, `page` and `csv_files` write. Nothing here changes the gradebook.
"""
