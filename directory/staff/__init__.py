"""How staff come in: password, second factor, time limits, locks, and forms that outlive a session."""
