"""From a program over an exam to the work: the map, and its small nets on other pages."""
