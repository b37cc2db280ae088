"""The same change to many listings: planned, shown, applied as one, undone as one.

The verbs are those of the single edit: an official column becomes an override, a row entered by staff is written.
"""
