"""History that can be compared and gone back to, for any table of the desk: a table's admin takes `Revisions` along."""
