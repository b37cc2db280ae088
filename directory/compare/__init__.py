"""Two to four programs, or schools, side by side.

`asked` reads the address, `selection` finds what it names, `reading` and `schools` read the facts in a fixed number
of queries, `programs` and `schools` put them into one `table`, which says where they differ. `page` and `export` show
the same table. The facts come from the profiles that the records' own pages show.
"""
