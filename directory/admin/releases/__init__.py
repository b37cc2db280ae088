"""Loading official files at the desk: propose, preview, approve, load, take back. Importing it registers it."""

from directory.admin.releases import table  # noqa: F401 - imported for what it registers
