"""The search table in memory: columns of numbers that answer a question in milliseconds at any size."""
