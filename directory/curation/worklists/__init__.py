"""What waits for staff, heaviest first by the harm it does to readers.

Each file is one kind of case, found in the live tables; what staff said about a case is a row of its own
(`CaseDecision`). How weights come about stands in docs/worklists.md.
"""
