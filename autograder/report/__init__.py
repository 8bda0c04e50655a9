"""The class report: what the gradebook says about a class, as one HTML page and CSV files beside it.

`queries` asks the gradebook for the values of `data`, `people` decides what students are called, `plots` draws, `page`
and `csv_files` write. Nothing here changes the gradebook.
"""
