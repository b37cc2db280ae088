"""Measurements, run by script/bench; never a test, because a time means nothing on a busy machine."""
