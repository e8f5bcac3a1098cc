"""What the module knows: the tables of `data/` as frozen structs.

`load_…` return what tables hold, `find_…` one thing by its name. Those that take a `lesson` leave
out what it may not show. All of them raise a `CyberNormsError` where there is no such lesson, or
where a table has a row that cannot be right; its message names the row.
"""
