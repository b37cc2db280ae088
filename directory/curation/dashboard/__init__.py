"""What the first page of the desk says: how old the sources are, the last loads, clicks, misses and mails.

What waits for staff is counted by `curation.worklists`.
"""
