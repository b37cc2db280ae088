"""What readers and schools wrote, in one queue, and the log of what was decided about it."""
