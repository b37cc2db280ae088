"""An accreditor's list against what we hold: matching, the difference, applying it, undoing it."""
