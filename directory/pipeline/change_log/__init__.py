"""A load that can be taken back, whole: what it changed is kept with it, and `revert` puts it back.

with change_log.keeping(run):       # inside the transaction of the load
    ...                             # whatever it writes
change_log.blockers(run)            # why it cannot be taken back now, in words; empty when it can
change_log.revert(run, by=user)     # the state before, in one transaction
change_log.writings(row)            # the loads that wrote to one row
"""

from directory.pipeline.change_log.blockers import blockers
from directory.pipeline.change_log.keeping import keeping
from directory.pipeline.change_log.kept import Reverted, is_kept, trim, would_restore
from directory.pipeline.change_log.of_row import Writing, writings
from directory.pipeline.change_log.revert import CannotRevertError, revert

__all__ = [
    "CannotRevertError", "Reverted", "Writing", "blockers", "is_kept", "keeping", "revert", "trim", "would_restore",
    "writings",
]  # fmt: skip
