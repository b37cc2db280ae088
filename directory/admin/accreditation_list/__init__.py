"""Lists of accreditors at the desk: upload, columns, difference, apply, rows nobody could place, undo."""

from directory.admin.accreditation_list import changes, desk, rows  # noqa: F401 - imported for what they register
